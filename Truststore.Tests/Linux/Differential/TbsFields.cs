using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>The fields of a TBSCertificate (RFC 5280 §4.1) in DER, to be changed in ways that no generator of certificates offers, and signed again.</summary>
internal sealed class TbsFields
{
    private static readonly Asn1Tag s_version = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 3, isConstructed: true);

    private TbsFields(AsnReader tbs)
    {
        Version = (int)tbs.ReadSequence(s_version).ReadInteger();
        SerialNumber = tbs.ReadEncodedValue().ToArray();
        tbs.ReadEncodedValue();
        Issuer = tbs.ReadEncodedValue().ToArray();
        Validity = tbs.ReadEncodedValue().ToArray();
        Subject = tbs.ReadEncodedValue().ToArray();
        SubjectPublicKeyInfo = tbs.ReadEncodedValue().ToArray();
        Extensions = [];
        if (tbs.HasData)
        {
            var extensions = tbs.ReadSequence(s_extensions).ReadSequence();
            while (extensions.HasData)
            {
                Extensions.Add(extensions.ReadEncodedValue().ToArray());
            }
        }
    }

    /// <summary>The encoded version: 0 for v1, 2 for v3.</summary>
    internal int Version { get; set; }

    internal byte[] SerialNumber { get; set; }

    internal byte[] Issuer { get; set; }

    internal byte[] Validity { get; set; }

    internal byte[] Subject { get; set; }

    internal byte[] SubjectPublicKeyInfo { get; set; }

    internal List<byte[]> Extensions { get; }

    /// <summary>The AlgorithmIdentifier of the signature, as it stands beside it.</summary>
    internal required byte[] Algorithm { get; set; }

    /// <summary>The digest of the signature.</summary>
    internal required HashAlgorithmName Hash { get; set; }

    /// <summary>The AlgorithmIdentifier inside, where it is to differ from the one beside the signature.</summary>
    internal byte[]? InnerAlgorithm { get; set; }

    /// <summary>Adds an extension, also one that is there already.</summary>
    internal void Append(X509Extension extension) => Extensions.Add(DerText.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteObjectIdentifier(extension.Oid!.Value!);
            if (extension.Critical)
            {
                w.WriteBoolean(true);
            }

            w.WriteOctetString(extension.RawData);
        }
    }));

    /// <summary>Removes an extension, if it is there.</summary>
    internal void Remove(string oid) => Extensions.RemoveAll(e => string.Equals(ReadExtension(e).Oid!.Value, oid, StringComparison.Ordinal));

    internal static X509Extension ReadExtension(ReadOnlyMemory<byte> encoded)
    {
        var extension = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var oid = extension.ReadObjectIdentifier();
        var critical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
        return new X509Extension(oid, extension.ReadOctetString(), critical);
    }

    /// <summary>Changes a certificate and has its issuer sign it again.</summary>
    internal static byte[] Change(ReadOnlyMemory<byte> certificate, Action<TbsFields> change, GeneratedCertificate issuer, HashAlgorithmName hash, bool usePss)
    {
        var reader = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
        var fields = new TbsFields(reader.ReadSequence()) { Algorithm = reader.ReadEncodedValue().ToArray(), Hash = hash };
        change(fields);
        var tbs = fields.Encode();
        var signature = issuer.SignData(tbs, fields.Hash, usePss);
        return DerText.Encode(w =>
        {
            using (w.PushSequence())
            {
                w.WriteEncodedValue(tbs);
                w.WriteEncodedValue(fields.Algorithm);
                w.WriteBitString(signature);
            }
        });
    }

    private byte[] Encode() => DerText.Encode(w =>
    {
        using (w.PushSequence())
        {
            if (Version > 0)
            {
                using (w.PushSequence(s_version))
                {
                    w.WriteInteger(Version);
                }
            }

            foreach (var field in new[] { SerialNumber, InnerAlgorithm ?? Algorithm, Issuer, Validity, Subject, SubjectPublicKeyInfo })
            {
                w.WriteEncodedValue(field);
            }

            if (Extensions.Count > 0)
            {
                using (w.PushSequence(s_extensions))
                using (w.PushSequence())
                {
                    Extensions.ForEach(e => w.WriteEncodedValue(e));
                }
            }
        }
    });
}
