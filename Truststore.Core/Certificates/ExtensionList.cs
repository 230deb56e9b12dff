using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>Reads Extensions (RFC 5280 §4.1): in certificates, in CRLs and in CRL entries.</summary>
internal static class ExtensionList
{
    /// <summary>How many extensions there may be in one list. Real certificates have about ten.</summary>
    internal const int MaxExtensions = 256;

    /// <param name="wrapper">Holds exactly one Extensions value.</param>
    /// <exception cref="AsnContentException">The value is not Extensions.</exception>
    internal static IReadOnlyList<CertificateExtension> Read(AsnReader wrapper)
    {
        var sequence = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        if (!sequence.HasData)
        {
            throw new AsnContentException("the extensions are present and empty.");
        }

        var extensions = new List<CertificateExtension>(10);
        while (sequence.HasData)
        {
            if (extensions.Count == MaxExtensions)
            {
                throw new AsnContentException($"there are more than {MaxExtensions} extensions.");
            }

            extensions.Add(ReadExtension(sequence.ReadSequence()));
        }

        return extensions.AsReadOnly();
    }

    private static CertificateExtension ReadExtension(AsnReader extension)
    {
        var oid = extension.ReadObjectIdentifier();
        var writesCritical = extension.HasData && extension.PeekTag() == Asn1Tag.Boolean;
        var critical = writesCritical && extension.ReadBoolean();
        if (!extension.TryReadPrimitiveOctetString(out var value))
        {
            throw new AsnContentException("an extension's value is no primitive octet string.");
        }

        extension.ThrowIfNotEmpty();
        return new CertificateExtension(oid, critical, value) { HasEncodedDefault = writesCritical && !critical };
    }
}
