using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Core.Trust;

/// <summary>Trust data, and what people take for it, made once.</summary>
internal static class TrustSamples
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly ThrowAwayCa s_ca = new(s_now, "First");
    private static readonly ThrowAwayCa s_otherCa = new(s_now, "Second");
    private static readonly IssuedCertificate s_server = s_ca.IssueServer("www.example.com");
    private static readonly RSA s_rsa = RSA.Create(2048);
    private static readonly ECDsa s_ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly PbeParameters s_encryption = new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1);

    internal static byte[] Root { get; } = s_ca.Root.Der.ToArray();

    internal static byte[] Intermediate { get; } = s_ca.Intermediate.Der.ToArray();

    internal static byte[] OtherRoot { get; } = s_otherCa.Root.Der.ToArray();

    internal static byte[] Server { get; } = s_server.Der.ToArray();

    internal static byte[] RevocationList { get; } = s_ca.Intermediate.CreateRevocationList(s_now, s_now.AddDays(7), s_server);

    /// <summary>A version 1 root, as the oldest ones are: no [0] tag tells it from other structures.</summary>
    internal static byte[] Version1Root { get; } = MakeVersion1Root();

    internal static string RootPem { get; } = Pem("CERTIFICATE", Root);

    internal static string IntermediatePem { get; } = Pem("CERTIFICATE", Intermediate);

    internal static string OtherRootPem { get; } = Pem("CERTIFICATE", OtherRoot);

    internal static string ServerPem { get; } = Pem("CERTIFICATE", Server);

    internal static string RevocationListPem { get; } = Pem("X509 CRL", RevocationList);

    internal static byte[] Pkcs7 { get; } = new X509Certificate2Collection(s_server.Certificate).Export(X509ContentType.Pkcs7)!;

    internal static byte[] Pkcs12 { get; } = s_server.Certificate.Export(X509ContentType.Pkcs12);

    internal static byte[] Request { get; } = new CertificateRequest("CN=request", s_ecdsa, HashAlgorithmName.SHA256).CreateSigningRequest();

    internal static byte[] PublicKey { get; } = s_ecdsa.ExportSubjectPublicKeyInfo();

    internal static byte[] RsaPublicKey { get; } = s_rsa.ExportRSAPublicKey();

    /// <summary>Label and encoding of each form that a private key comes in.</summary>
    internal static IReadOnlyDictionary<string, byte[]> PrivateKeys { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["PRIVATE KEY"] = s_rsa.ExportPkcs8PrivateKey(),
        ["ENCRYPTED PRIVATE KEY"] = s_rsa.ExportEncryptedPkcs8PrivateKey("secret", s_encryption),
        ["RSA PRIVATE KEY"] = s_rsa.ExportRSAPrivateKey(),

        // A key in SEC 1 form is short enough for a one-octet length unless it is of P-384 or more.
        ["EC PRIVATE KEY"] = ECDsa.Create(ECCurve.NamedCurves.nistP384).ExportECPrivateKey(),
    };

    internal static string Pem(string label, byte[] content) => PemEncoding.WriteString(label, content) + "\n";

    /// <summary>The number of lines that a text with a line end behind each has.</summary>
    internal static int Lines(string text) => text.Count(c => c == '\n');

    private static byte[] MakeVersion1Root()
    {
        var model = s_ca.Root.Info.Envelope;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                writer.WriteEncodedValue(model.InnerSignatureAlgorithm.Span);
                writer.WriteEncodedValue(model.Issuer.Span);
                using (writer.PushSequence())
                {
                    writer.WriteUtcTime(s_now);
                    writer.WriteUtcTime(s_now.AddYears(1));
                }

                writer.WriteEncodedValue(model.Subject.Span);
                writer.WriteEncodedValue(model.SubjectPublicKeyInfo.Span);
            }

            writer.WriteEncodedValue(model.OuterSignatureAlgorithm.Span);
            writer.WriteBitString(model.Signature.Span);
        }

        return writer.Encode();
    }
}
