using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Handshakes;

/// <summary>Makes what .NET's builders refuse to make.</summary>
internal static class HostileIssuer
{
    private const string EllipticCurveKey = "1.2.840.10045.2.1";
    private const string PrimeField = "1.2.840.10045.1.1";

    /// <summary>Has the issuer of a certificate sign it again, with something in it changed.</summary>
    /// <returns>The certificate in DER.</returns>
    internal static byte[] Reissue(IssuedCertificate certificate, PublicKey? key = null, X509Extension? replacement = null)
    {
        var template = certificate.Certificate;
        var issuer = certificate.Issuer!.Certificate;
        var request = new CertificateRequest(template.SubjectName, key ?? template.PublicKey, HashAlgorithmName.SHA256);
        foreach (var extension in template.Extensions)
        {
            request.CertificateExtensions.Add(string.Equals(extension.Oid!.Value, replacement?.Oid!.Value, StringComparison.Ordinal) ? replacement! : extension);
        }

        using var reissued = request.Create(issuer.SubjectName, CertificateFactory.GeneratorFor(issuer, usePss: false), certificate.Spec.NotBefore, certificate.Spec.NotAfter, template.SerialNumberBytes.Span);
        return reissued.RawData;
    }

    /// <summary>The public key of a certificate on P-256 with the curve's parameters in place of its name (RFC 3279 §2.3.5, SEC 1 §C.2).</summary>
    internal static PublicKey OnExplicitCurve(IssuedCertificate certificate)
    {
        using var key = certificate.Certificate.GetECDsaPublicKey()!;
        var curve = key.ExportExplicitParameters(includePrivateParameters: false).Curve;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(PrimeField);
                writer.WriteIntegerUnsigned(curve.Prime);
            }

            using (writer.PushSequence())
            {
                writer.WriteOctetString(curve.A);
                writer.WriteOctetString(curve.B);
            }

            writer.WriteOctetString([4, .. curve.G.X!, .. curve.G.Y!]);
            writer.WriteIntegerUnsigned(curve.Order);
            writer.WriteIntegerUnsigned(curve.Cofactor);
        }

        return new PublicKey(new Oid(EllipticCurveKey), new AsnEncodedData(writer.Encode()), certificate.Certificate.PublicKey.EncodedKeyValue);
    }

    /// <summary>GeneralNames of DNS names; any bytes, Latin-1.</summary>
    internal static byte[] AlternativeNames(IEnumerable<string> names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var name in names)
            {
                WriteDnsName(writer, name);
            }
        }

        return writer.Encode();
    }

    /// <summary>NameConstraints that exclude DNS names.</summary>
    internal static byte[] ExcludedNames(IEnumerable<string> names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
        {
            foreach (var name in names)
            {
                using (writer.PushSequence())
                {
                    WriteDnsName(writer, name);
                }
            }
        }

        return writer.Encode();
    }

    private static void WriteDnsName(AsnWriter writer, string name) =>
        writer.WriteOctetString(Encoding.Latin1.GetBytes(name), new Asn1Tag(TagClass.ContextSpecific, (int)GeneralNameKind.DnsName));
}
