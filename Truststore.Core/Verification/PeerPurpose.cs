namespace Truststore;

/// <summary>What the peer's end-entity certificate is used for; the extended key usage a path must allow (RFC 5280 §4.2.1.12).</summary>
public enum PeerPurpose
{
    /// <summary>The peer is a TLS server: id-kp-serverAuth (1.3.6.1.5.5.7.3.1).</summary>
    ServerAuthentication = 0,

    /// <summary>The peer is a TLS client: id-kp-clientAuth (1.3.6.1.5.5.7.3.2).</summary>
    ClientAuthentication = 1,
}
