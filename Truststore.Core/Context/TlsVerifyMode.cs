namespace Truststore;

/// <summary>Whether a peer's certificate is verified; mirrors Python's <c>ssl.VerifyMode</c>, with the same values.</summary>
public enum TlsVerifyMode
{
    /// <summary>Nothing is verified: the connection is open to anyone in the middle. Python: <c>CERT_NONE</c>.</summary>
    None = 0,

    /// <summary>On a client the same as <see cref="Required"/>. Python: <c>CERT_OPTIONAL</c>.</summary>
    Optional = 1,

    /// <summary>The peer must present a certificate that verifies. Python: <c>CERT_REQUIRED</c>.</summary>
    Required = 2,
}
