namespace Truststore;

/// <summary>One attribute of a distinguished name (X.501 AttributeTypeAndValue).</summary>
/// <param name="Oid">The attribute type, dotted.</param>
/// <param name="Value">The value as text; where it is not a string, its DER in hexadecimal behind a <c>#</c> (RFC 4514 §2.4).</param>
public sealed record NameAttribute(string Oid, string Value)
{
    /// <summary>The attribute type's short name as OpenSSL writes it (<c>CN</c>, <c>O</c>, <c>emailAddress</c>), or the dotted object identifier where there is none.</summary>
    public string ShortName => Certificates.AttributeTypes.ShortName(Oid);
}
