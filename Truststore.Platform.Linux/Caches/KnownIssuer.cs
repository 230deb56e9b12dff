namespace Truststore.Platform.Linux;

/// <summary>An intermediate certificate that stood in a trusted path: decoded, with its key, and with the keys that its signature was verified under.</summary>
internal sealed class KnownIssuer(CertificateInfo certificate, VerificationKey key)
{
    // Written whole, never in place; two threads at once may lose one of two equally good entries.
    private volatile byte[][] _verifiedUnder = [];

    internal CertificateInfo Certificate { get; } = certificate;

    internal VerificationKey Key { get; } = key;

    /// <summary>Whether the certificate's signature was verified under the key of an issuer.</summary>
    internal bool IsVerifiedUnder(CertificateInfo issuer)
    {
        foreach (var verified in _verifiedUnder)
        {
            if (verified.AsSpan().SequenceEqual(issuer.SubjectPublicKeyInfo.Span))
            {
                return true;
            }
        }

        return false;
    }

    internal void AddVerifiedUnder(CertificateInfo issuer)
    {
        const int maxIssuers = 8;
        if (!IsVerifiedUnder(issuer) && _verifiedUnder.Length < maxIssuers)
        {
            // A copy: the issuer may be an anchor of a context that is dropped.
            _verifiedUnder = [.. _verifiedUnder, issuer.SubjectPublicKeyInfo.ToArray()];
        }
    }
}
