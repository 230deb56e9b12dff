namespace Truststore;

/// <summary>One extension of a certificate or revocation list (RFC 5280 §4.2).</summary>
/// <param name="Oid">The object identifier, dotted.</param>
/// <param name="IsCritical">Whether a reader that does not know it must reject the certificate.</param>
/// <param name="Value">The content of extnValue: the DER of the extension's own type.</param>
public sealed record CertificateExtension(string Oid, bool IsCritical, ReadOnlyMemory<byte> Value)
{
    /// <summary>Whether a FALSE criticality was written out although DER leaves defaults out (X.690 §11.5).</summary>
    internal bool HasEncodedDefault { get; init; }
}
