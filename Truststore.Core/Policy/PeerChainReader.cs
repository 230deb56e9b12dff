using System.Diagnostics.CodeAnalysis;

namespace Truststore.Policy;

/// <summary>What every verifier does first: holds what the peer sent to the request's limits, and decodes the end-entity certificate.</summary>
internal static class PeerChainReader
{
    /// <summary>Decodes the end-entity certificate of a chain within its limits.</summary>
    /// <param name="request">The request.</param>
    /// <param name="endEntity">The certificate.</param>
    /// <param name="failure">Why the chain is rejected without a further look.</param>
    internal static bool TryReadEndEntity(ChainVerificationRequest request, [NotNullWhen(true)] out CertificateInfo? endEntity, [NotNullWhen(false)] out VerificationFailure? failure)
    {
        endEntity = null;
        failure = FindLimitFailure(request);
        if (failure is not null)
        {
            return false;
        }

        try
        {
            endEntity = request.PeerChain[0].Read();
            return true;
        }
        catch (CertificateFormatException error)
        {
            failure = new VerificationFailure(FailureReason.MalformedCertificate, $"the peer's end-entity certificate cannot be decoded: {error.Message}");
            return false;
        }
    }

    /// <summary>Decodes the certificates behind the end-entity's, as far as they are certificates within the limit: what is none cannot be an issuer, and peers may send what nobody needs.</summary>
    internal static List<CertificateInfo> ReadOthers(ChainVerificationRequest request)
    {
        var others = new List<CertificateInfo>();
        for (var i = 1; i < request.PeerChain.Count; i++)
        {
            if (request.PeerChain[i].RawData.Length <= request.Limits.MaxCertificateSize && request.PeerChain[i].TryRead() is { } certificate)
            {
                others.Add(certificate);
            }
        }

        return others;
    }

    private static VerificationFailure? FindLimitFailure(ChainVerificationRequest request)
    {
        var limits = request.Limits;
        if (request.PeerChain.Count == 0)
        {
            return new VerificationFailure(FailureReason.EmptyChain, "the peer sent no certificate.");
        }

        if (request.PeerChain.Count > limits.MaxPeerCertificates)
        {
            return new VerificationFailure(FailureReason.TooManyCertificates, $"the peer sent {request.PeerChain.Count} certificates; the limit is {limits.MaxPeerCertificates} (VerificationLimits.MaxPeerCertificates).");
        }

        var size = 0L;
        foreach (var certificate in request.PeerChain)
        {
            size += certificate.RawData.Length;
        }

        if (size > limits.MaxPeerChainSize)
        {
            return new VerificationFailure(FailureReason.ChainTooLarge, $"the peer sent certificates of {size} bytes together; the limit is {limits.MaxPeerChainSize} (VerificationLimits.MaxPeerChainSize).");
        }

        return request.PeerChain[0].RawData.Length > limits.MaxCertificateSize
            ? new VerificationFailure(FailureReason.CertificateTooLarge, $"the end-entity certificate has {request.PeerChain[0].RawData.Length} bytes; the limit is {limits.MaxCertificateSize} (VerificationLimits.MaxCertificateSize).")
            : null;
    }
}
