namespace Truststore;

/// <summary>One attribute of a distinguished name (X.501 AttributeTypeAndValue).</summary>
/// <param name="Oid">The attribute type, dotted.</param>
/// <param name="Value">The value as text, as the certificate has it: nothing is escaped; where it is not a string, its DER in hexadecimal behind a <c>#</c> (RFC 4514 §2.4).</param>
public sealed record NameAttribute(string Oid, string Value)
{
    /// <summary>The attribute type's short name as OpenSSL writes it (<c>CN</c>, <c>O</c>, <c>emailAddress</c>), or the dotted object identifier where there is none.</summary>
    public string ShortName => Certificates.AttributeTypes.ShortName(Oid);

    /// <summary>The short name and the value for people, as in <c>CN=example.com</c>.</summary>
    /// <returns>The text; characters that cannot be seen are escaped as in C#.</returns>
    public override string ToString() => $"{ShortName}={SafeText.Show(Value)}";
}
