using System.Formats.Asn1;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Writes the DER of names and extensions from short texts, without holding them to any rule.</summary>
internal static class DerText
{
    internal const string CommonName = "2.5.4.3";
    internal const string Country = "2.5.4.6";
    internal const string Organization = "2.5.4.10";
    internal const string EmailAddress = "1.2.840.113549.1.9.1";

    internal static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    internal static X509Extension Extension(string oid, bool critical, Action<AsnWriter> write) => new(oid, Encode(write), critical);

    /// <summary>A sequence of which the content is written.</summary>
    internal static X509Extension SequenceExtension(string oid, bool critical, Action<AsnWriter> write) => Extension(oid, critical, w =>
    {
        using (w.PushSequence())
        {
            write(w);
        }
    });

    /// <summary>A distinguished name with one attribute in each relative name.</summary>
    internal static X500DistinguishedName Name(UniversalTagNumber type, params (string Oid, string Value)[] attributes) => new(EncodeName(type, attributes));

    internal static byte[] EncodeName(UniversalTagNumber type, params (string Oid, string Value)[] attributes) => Encode(w =>
    {
        using (w.PushSequence())
        {
            foreach (var (oid, value) in attributes)
            {
                using (w.PushSetOf())
                using (w.PushSequence())
                {
                    w.WriteObjectIdentifier(oid);
                    w.WriteCharacterString(oid is Country ? UniversalTagNumber.PrintableString : oid is EmailAddress ? UniversalTagNumber.IA5String : type, value);
                }
            }
        }
    });

    /// <summary>A subject alternative name extension of names like <c>dns:example.com</c>; see <see cref="WriteGeneralName"/>.</summary>
    internal static X509Extension AlternativeNames(bool critical, params IEnumerable<string> names) => SequenceExtension("2.5.29.17", critical, w =>
    {
        foreach (var name in names)
        {
            WriteGeneralName(w, name);
        }
    });

    internal static X509Extension NameConstraints(bool critical, IReadOnlyList<string> permitted, IReadOnlyList<string> excluded) => SequenceExtension("2.5.29.30", critical, w =>
    {
        WriteSubtrees(w, 0, permitted);
        WriteSubtrees(w, 1, excluded);
    });

    /// <summary>
    /// A general name: <c>dns:</c>, <c>email:</c>, <c>uri:</c> and a text, <c>ip:</c> and an address with or without a mask, <c>ipraw:</c> and octets in hexadecimal,
    /// <c>dn:</c> and attributes like <c>C=XX,O=Example</c>, <c>rid:</c> and an object identifier, <c>other:</c> and a text.
    /// </summary>
    internal static void WriteGeneralName(AsnWriter writer, string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var value = name[(colon + 1)..];
        switch (name[..colon])
        {
            case "dns":
                writer.WriteOctetString(Encoding.Latin1.GetBytes(value), Tag(2));
                break;
            case "email":
                writer.WriteOctetString(Encoding.Latin1.GetBytes(value), Tag(1));
                break;
            case "uri":
                writer.WriteOctetString(Encoding.Latin1.GetBytes(value), Tag(6));
                break;
            case "ip":
                writer.WriteOctetString([.. value.Split('/').SelectMany(part => IPAddress.Parse(part).GetAddressBytes())], Tag(7));
                break;
            case "ipraw":
                writer.WriteOctetString(Convert.FromHexString(value), Tag(7));
                break;
            case "dn":
                using (writer.PushSequence(Tag(4, isConstructed: true)))
                {
                    writer.WriteEncodedValue(EncodeName(UniversalTagNumber.UTF8String, ParseName(value)));
                }

                break;
            case "rid":
                writer.WriteObjectIdentifier(value, Tag(8));
                break;
            case "other":
                using (writer.PushSequence(Tag(0, isConstructed: true)))
                {
                    writer.WriteObjectIdentifier("1.3.6.1.4.1.311.20.2.3");
                    using (writer.PushSequence(Tag(0, isConstructed: true)))
                    {
                        writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
                    }
                }

                break;
            default:
                throw new ArgumentException(name, nameof(name));
        }
    }

    internal static (string Oid, string Value)[] ParseName(string text) => text.Length == 0 ? [] :
    [
        .. text.Split(',').Select(part => part.Split('=')).Select(pair => (pair[0] switch { "C" => Country, "O" => Organization, "E" => EmailAddress, _ => CommonName }, pair[1])),
    ];

    /// <summary>A certificate policies extension.</summary>
    internal static X509Extension Policies(bool critical, params IEnumerable<string> policies) => SequenceExtension("2.5.29.32", critical, w =>
    {
        foreach (var policy in policies)
        {
            using (w.PushSequence())
            {
                w.WriteObjectIdentifier(policy);
            }
        }
    });

    internal static X509Extension PolicyMappings(bool critical, params (string Issuer, string Subject)[] mappings) => SequenceExtension("2.5.29.33", critical, w =>
    {
        foreach (var (issuer, subject) in mappings)
        {
            using (w.PushSequence())
            {
                w.WriteObjectIdentifier(issuer);
                w.WriteObjectIdentifier(subject);
            }
        }
    });

    internal static X509Extension PolicyConstraints(bool critical, int? requireExplicitPolicy, int? inhibitPolicyMapping) => SequenceExtension("2.5.29.36", critical, w =>
    {
        if (requireExplicitPolicy is { } require)
        {
            w.WriteInteger(require, Tag(0));
        }

        if (inhibitPolicyMapping is { } inhibit)
        {
            w.WriteInteger(inhibit, Tag(1));
        }
    });

    internal static X509Extension AuthorityKeyIdentifier(bool critical, byte[]? keyIdentifier, X500DistinguishedName? issuer, byte[]? serialNumber) => SequenceExtension("2.5.29.35", critical, w =>
    {
        if (keyIdentifier is not null)
        {
            w.WriteOctetString(keyIdentifier, Tag(0));
        }

        if (issuer is not null)
        {
            using (w.PushSequence(Tag(1, isConstructed: true)))
            using (w.PushSequence(Tag(4, isConstructed: true)))
            {
                w.WriteEncodedValue(issuer.RawData);
            }
        }

        if (serialNumber is not null)
        {
            w.WriteInteger(serialNumber, Tag(2));
        }
    });

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Asn1Tag Tag(int number, bool isConstructed = false) => new(TagClass.ContextSpecific, number, isConstructed);

    private static void WriteSubtrees(AsnWriter writer, int tagNumber, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        using (writer.PushSequence(Tag(tagNumber, isConstructed: true)))
        {
            foreach (var name in names)
            {
                using (writer.PushSequence())
                {
                    WriteGeneralName(writer, name);
                }
            }
        }
    }
}
