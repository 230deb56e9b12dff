namespace Truststore.Cli.Demo;

/// <summary>A throw-away PKI: a root, an intermediate under it, and servers as needed. Keys are random; every date follows from the time given.</summary>
internal sealed class ThrowAwayCa : IDisposable
{
    private readonly DateTimeOffset _now;
    private readonly List<IssuedCertificate> _issued = [];

    /// <summary>Makes a root and an intermediate.</summary>
    /// <param name="now">The time around which the certificates are valid.</param>
    /// <param name="name">The name of the organisation; the CAs are called after it.</param>
    /// <param name="key">The kind of the CAs' keys; P-256 by default.</param>
    internal ThrowAwayCa(DateTimeOffset now, string name = "Throw-Away", KeySpec? key = null)
    {
        _now = WholeSeconds(now);
        var authority = CertificateSpec.Authority($"{name} Root CA", _now.AddYears(-1), _now.AddYears(9)) with { Key = key ?? KeySpec.P256 };
        Root = Keep(IssuedCertificate.SelfSigned(authority));
        Intermediate = Keep(Root.Issue(authority with { CommonName = $"{name} Intermediate CA", PathLength = 0, NotAfter = _now.AddYears(4) }));
    }

    internal IssuedCertificate Root { get; }

    internal IssuedCertificate Intermediate { get; }

    /// <summary>The root as PEM, to be loaded as a trust anchor.</summary>
    internal string RootPem => Root.ExportPem();

    /// <summary>What a good server certificate of this CA says, for <c>with</c>.</summary>
    internal CertificateSpec ServerSpec(params IReadOnlyList<string> dnsNames) => CertificateSpec.Server(_now.AddDays(-10), _now.AddDays(80), dnsNames);

    /// <summary>Issues a good server certificate under the intermediate; lives as long as the CA.</summary>
    internal IssuedCertificate IssueServer(params IReadOnlyList<string> dnsNames) => Issue(ServerSpec(dnsNames));

    /// <summary>Issues any certificate under the intermediate; lives as long as the CA.</summary>
    internal IssuedCertificate Issue(CertificateSpec spec) => Keep(Intermediate.Issue(spec));

    /// <summary>Lets a certificate live as long as the CA.</summary>
    internal IssuedCertificate Keep(IssuedCertificate certificate)
    {
        _issued.Add(certificate);
        return certificate;
    }

    public void Dispose()
    {
        foreach (var certificate in _issued)
        {
            certificate.Dispose();
        }
    }

    // Certificates carry no fractions of a second.
    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
