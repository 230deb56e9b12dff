namespace Truststore.Policy;

/// <summary>Where a certificate stands in a path.</summary>
internal enum CertificateRole
{
    /// <summary>The first certificate: the peer's own.</summary>
    EndEntity,

    /// <summary>A CA certificate between the end-entity certificate and the anchor.</summary>
    Intermediate,

    /// <summary>The last certificate, whose key is trusted; when the path is one certificate long that one is an end-entity.</summary>
    Anchor,
}
