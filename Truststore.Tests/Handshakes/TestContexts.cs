using Truststore.Cli.Demo;

namespace Truststore.Tests.Handshakes;

/// <summary>Contexts as programs make them, but for the clock.</summary>
internal static class TestContexts
{
    internal static ManualTimeProvider Clock { get; } = new(HandshakePki.Now);

    /// <summary>The system's anchors and the throw-away ones.</summary>
    internal static TlsContext Create()
    {
        var context = CreateForSystem();
        context.LoadVerifyLocations(caData: HandshakePki.Instance.Ca.RootPem + HandshakePki.Instance.WeakRoot.ExportPem());
        return context;
    }

    /// <summary>The system's anchors only.</summary>
    internal static TlsContext CreateForSystem()
    {
        var context = TlsContext.CreateDefault();
        context.TimeProvider = Clock;
        return context;
    }

    /// <summary>A context that accepts anyone.</summary>
    internal static TlsContext CreateForAnyone()
    {
        var context = CreateForSystem();
        context.CheckHostname = false;
        context.VerifyMode = TlsVerifyMode.None;
        return context;
    }

    /// <summary>As <see cref="Create()"/>, showing a certificate if it is given one.</summary>
    internal static TlsContext Create(IssuedCertificate? client) => Create().Show(client);

    /// <summary>A server that shows a certificate, by default a good one for <see cref="HandshakePki.Trusted"/>, and asks clients for one as the mode says.</summary>
    internal static TlsContext CreateServer(TlsVerifyMode mode = TlsVerifyMode.None, IssuedCertificate? certificate = null)
    {
        var context = TlsContext.CreateDefaultServer();
        context.TimeProvider = Clock;
        context.LoadVerifyLocations(caData: HandshakePki.Instance.Ca.RootPem);
        context.VerifyMode = mode;
        return context.Show(certificate ?? HandshakePki.Instance[HandshakePki.Trusted].Server);
    }

    /// <summary>Lets a context show a certificate and its issuers.</summary>
    internal static TlsContext Show(this TlsContext context, IssuedCertificate? certificate)
    {
        if (certificate is not null)
        {
            context.LoadCertificateChain(certificate.Certificate, certificate.ServerChain.Skip(1).Select(c => c.Certificate));
        }

        return context;
    }

    /// <summary>Limits a context to one version.</summary>
    internal static TlsContext Only(this TlsContext context, TlsProtocolVersion version)
    {
        context.MinimumVersion = version;
        context.MaximumVersion = version;
        return context;
    }
}
