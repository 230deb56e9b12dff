namespace Truststore;

/// <summary>The kinds of name that a GeneralName can be; the values are the tags of RFC 5280 §4.2.1.6.</summary>
public enum GeneralNameKind
{
    /// <summary>otherName, for instance a Kerberos or Microsoft principal name.</summary>
    OtherName = 0,

    /// <summary>rfc822Name: an e-mail address.</summary>
    Rfc822Name = 1,

    /// <summary>dNSName.</summary>
    DnsName = 2,

    /// <summary>x400Address.</summary>
    X400Address = 3,

    /// <summary>directoryName: a distinguished name.</summary>
    DirectoryName = 4,

    /// <summary>ediPartyName.</summary>
    EdiPartyName = 5,

    /// <summary>uniformResourceIdentifier.</summary>
    Uri = 6,

    /// <summary>iPAddress: 4 or 16 octets; in a name constraint an address and its mask, 8 or 32.</summary>
    IPAddress = 7,

    /// <summary>registeredID: an object identifier.</summary>
    RegisteredId = 8,
}
