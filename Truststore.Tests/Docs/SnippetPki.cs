using Truststore.Cli.Demo;

namespace Truststore.Tests.Docs;

/// <summary>The certificates that the examples meet. The examples go by the system's clock, so these are valid whenever a test runs.</summary>
internal sealed class SnippetPki : IDisposable
{
    private static readonly DateTimeOffset s_notBefore = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_notAfter = new(2099, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private readonly List<string> _files = [];

    internal SnippetPki()
    {
        Root = IssuedCertificate.SelfSigned(CertificateSpec.Authority("Example Root CA", s_notBefore, s_notAfter));
        Intermediate = Root.Issue(CertificateSpec.Authority("Example Intermediate CA", s_notBefore, s_notAfter));
        Server = Intermediate.Issue(ServerSpec);
        Lone = IssuedCertificate.SelfSigned(ServerSpec);
    }

    internal IssuedCertificate Root { get; }

    internal IssuedCertificate Intermediate { get; }

    /// <summary>A good server's certificate.</summary>
    internal IssuedCertificate Server { get; }

    /// <summary>A self-signed server's certificate.</summary>
    internal IssuedCertificate Lone { get; }

    private static CertificateSpec ServerSpec => CertificateSpec.Server(s_notBefore, s_notAfter, SnippetServer.Host);

    /// <summary>Writes a file that lives as long as the certificates.</summary>
    internal string WriteFile(string text)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pem");
        File.WriteAllText(path, text);
        _files.Add(path);
        return path;
    }

    /// <summary>A revocation list of the intermediate CA, in PEM.</summary>
    internal string RevocationList(params IEnumerable<IssuedCertificate> revoked) =>
        new(System.Security.Cryptography.PemEncoding.Write("X509 CRL", Intermediate.CreateRevocationList(s_notBefore, s_notAfter, revoked)));

    public void Dispose()
    {
        foreach (var certificate in new[] { Lone, Server, Intermediate, Root })
        {
            certificate.Dispose();
        }

        foreach (var file in _files)
        {
            File.Delete(file);
        }
    }
}
