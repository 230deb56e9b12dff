namespace Truststore;

/// <summary>What kind of name a peer is known by (RFC 9525 §6.1).</summary>
public enum ReferenceIdentifierKind
{
    /// <summary>A fully qualified domain name, in A-labels.</summary>
    DnsName = 0,

    /// <summary>An IPv4 or IPv6 address.</summary>
    IPAddress = 1,

    /// <summary>An e-mail address, for client certificates (RFC 5280 §7.5).</summary>
    EmailAddress = 2,
}
