namespace Truststore;

/// <summary>A version of TLS; mirrors Python's <c>ssl.TLSVersion</c>.</summary>
/// <remarks>SSL 3.0, TLS 1.0 and TLS 1.1 are not offered (RFC 7568, RFC 8996).</remarks>
public enum TlsProtocolVersion
{
    /// <summary>The lowest version on offer: TLS 1.2. Python: <c>MINIMUM_SUPPORTED</c>.</summary>
    MinimumSupported = -2,

    /// <summary>The highest version that the platform has. Python: <c>MAXIMUM_SUPPORTED</c>.</summary>
    MaximumSupported = -1,

    /// <summary>TLS 1.2 (RFC 5246).</summary>
    Tls12 = 0x303,

    /// <summary>TLS 1.3 (RFC 8446).</summary>
    Tls13 = 0x304,
}
