using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Truststore.Tests.Core.Negotiation;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Docs;

/// <summary>Runs each example of the documentation against a server on loopback.</summary>
[Platform(Include = "Linux", Reason = "The examples start from CreateDefault(), which has a verifier on Linux only.")]
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "HttpClient disposes its handler.")]
internal sealed class SnippetTests : IDisposable
{
    private readonly Snippets _snippets = new();
    private readonly SnippetPki _pki = new();

    private string Output => _snippets.Console.Output;

    public void Dispose() => _pki.Dispose();

    [Test]
    public async Task Example_OwnAuthority_VerifiesTheServer()
    {
        await using var server = new SnippetServer(_pki.Server);

        var result = await Snippets.ExampleAsync(SnippetServer.Host, server.Port, _pki.WriteFile(_pki.Root.ExportPem()));

        Assert.That(result!.VerifiedPath, Is.EqualTo(new[] { _pki.Server.Info, _pki.Intermediate.Info, _pki.Root.Info }));
    }

    [Test]
    public async Task Example_OtherAuthority_RejectsTheServer()
    {
        await using var server = new SnippetServer(_pki.Server);

        Assert.That(
            async () => await Snippets.ExampleAsync(SnippetServer.Host, server.Port, _pki.WriteFile(_pki.Lone.ExportPem())),
            Throws.TypeOf<CertificateVerificationException>().With.Property(nameof(CertificateVerificationException.Reason)).EqualTo(FailureReason.IssuerNotFound));
    }

    [Test]
    public async Task HttpClient_TrustedServer_PrintsThePage()
    {
        await using var server = new SnippetServer(_pki.Server);

        await _snippets.HttpClientAsync(ContextWith(_pki.Root.ExportPem()), server.Url);

        Assert.That(Output, Is.EqualTo(SnippetServer.Greeting + "\n"));
    }

    [Test]
    public void PrivateAuthorityOnly_SystemAnchors_DoNotCount()
    {
        var context = Snippets.PrivateAuthorityOnly(_pki.WriteFile(_pki.Root.ExportPem()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.VerifyChain([_pki.Server.Der, _pki.Intermediate.Der], SnippetServer.Host).IsTrusted, Is.True);
            Assert.That(context.VerifyChain([SystemTrust.Anchors.List()[0].Certificate.RawData]).IsTrusted, Is.False);
        }
    }

    [Test]
    public void OneCertificate_ThatCertificate_IsTrustedForItsNameOnly()
    {
        var context = Snippets.OneCertificate(_pki.WriteFile(_pki.Lone.ExportPem()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.VerifyChain([_pki.Lone.Der], SnippetServer.Host).IsTrusted, Is.True);
            Assert.That(context.VerifyChain([_pki.Lone.Der], "other.example").Failures[0].Reason, Is.EqualTo(FailureReason.HostnameMismatch));
        }
    }

    [Test]
    public void OneCertificate_IssuedBySomeAuthority_IsTrusted()
    {
        var context = Snippets.OneCertificate(_pki.WriteFile(_pki.Server.ExportPem()));

        Assert.That(context.VerifyChain([_pki.Server.Der], SnippetServer.Host).IsTrusted, Is.True);
    }

    [Test]
    public void Revocation_ListedCertificate_IsRevoked()
    {
        var context = Snippets.Revocation(_pki.WriteFile(_pki.RevocationList(_pki.Server)));
        context.LoadVerifyLocations(caData: _pki.Root.ExportPem());

        var result = context.VerifyChain([_pki.Server.Der, _pki.Intermediate.Der], SnippetServer.Host);

        Assert.That(result.Failures[0].Reason, Is.EqualTo(FailureReason.Revoked));
    }

    [Test]
    public void Revocation_CertificateThatIsNotListed_IsTrusted()
    {
        var context = Snippets.Revocation(_pki.WriteFile(_pki.RevocationList()));
        context.LoadVerifyLocations(caData: _pki.Root.ExportPem());

        Assert.That(context.VerifyChain([_pki.Server.Der, _pki.Intermediate.Der], SnippetServer.Host).IsTrusted, Is.True);
    }

    [Test]
    public async Task SslStreamError_UnknownAuthority_PrintsTheReason()
    {
        await using var server = new SnippetServer(_pki.Server);
        using var client = new TcpClient();
        await client.ConnectAsync(SnippetServer.Host, server.Port);
        await using var tls = new SslStream(client.GetStream());

        await _snippets.SslStreamErrorAsync(TlsContext.CreateDefault(), tls, SnippetServer.Host);

        Assert.That(Output, Does.Contain("\nIssuerNotFound, certificate 1: ").And.Contains(FailureAdvice.For(FailureReason.UntrustedRoot)));
    }

    [Test]
    public async Task HttpError_SelfSignedServer_PrintsTheReason()
    {
        await using var server = new SnippetServer(_pki.Lone);
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = TlsContext.CreateDefault().CreateOptions() });

        await _snippets.HttpErrorAsync(http, server.Url);

        Assert.That(Output, Does.StartWith(nameof(FailureReason.SelfSigned)));
    }

    [Test]
    public async Task Verification_AfterTheHandshake_PrintsThePath()
    {
        await using var server = new SnippetServer(_pki.Server);
        using var client = new TcpClient();
        await client.ConnectAsync(SnippetServer.Host, server.Port);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(ContextWith(_pki.Root.ExportPem()).CreateOptions(SnippetServer.Host));

        _snippets.Verification(tls);

        Assert.That(Output, Does.Match("localhost, until 2099-12-31\n.*Intermediate CA, until 2099-12-31\n.*Root CA, until 2099-12-31\nThe server sent 2 certificates."));
    }

    [Test]
    public void VerifyChain_TrustedChain_SaysSo()
    {
        _snippets.VerifyChain(ContextWith(_pki.Root.ExportPem()), _pki.WriteFile(_pki.Server.ExportChainPem()), SnippetServer.Host);

        Assert.That(Output.Trim(), Is.EqualTo("trusted"));
    }

    [Test]
    public void VerifyChain_WrongHost_Explains()
    {
        _snippets.VerifyChain(ContextWith(_pki.Root.ExportPem()), _pki.WriteFile(_pki.Server.ExportChainPem()), "other.example");

        Assert.That(Output, Does.Contain("other.example").And.Contains(FailureAdvice.For(FailureReason.HostnameMismatch)));
    }

    [Test]
    public async Task WrapStream_TrustedServer_IsVerified()
    {
        await using var server = new SnippetServer(_pki.Server);
        using var client = new TcpClient();
        await client.ConnectAsync(SnippetServer.Host, server.Port);

        Assert.That((await Snippets.WrapStreamAsync(ContextWith(_pki.Root.ExportPem()), client.GetStream(), SnippetServer.Host))!.IsTrusted);
    }

    [Test]
    public async Task WrapBio_TrustedServer_PrintsTheResponse()
    {
        await using var server = new SnippetServer(_pki.Server);
        using var client = new TcpClient();
        await client.ConnectAsync(SnippetServer.Host, server.Port);

        await _snippets.WrapBioAsync(ContextWith(_pki.Root.ExportPem()), client.GetStream(), SnippetServer.Host);

        Assert.That(Output, Does.EndWith(SnippetServer.Greeting + "\n"));
    }

    [Test]
    public async Task StartTls_TrustedServer_IsVerified()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await ScriptedConnection.PlayAsync(client.GetStream(), ProtocolScripts.Of(StartTlsProtocol.Smtp).Good, ServerEndings.Tls(_pki.Server));
        });

        var result = await Snippets.StartTlsAsync(ContextWith(_pki.Root.ExportPem()), SnippetServer.Host, ((IPEndPoint)listener.LocalEndpoint).Port);
        await serving;

        Assert.That(result!.IsTrusted, Is.True);
    }

    [Test]
    public async Task StartTlsError_UnwillingServer_PrintsWhatItSaid()
    {
        var (client, server) = DuplexStream.CreatePair();
        await ScriptedConnection.PlayAsync(server, [ScriptStep.S("* BYE go away\r\n")], then: null);

        await _snippets.StartTlsErrorAsync(TlsContext.CreateDefault(), client, SnippetServer.Host);

        Assert.That(Output, Is.EqualTo("Refused at Greeting: * BYE go away\\r\\n\n"));
    }

    [Test]
    public void SystemAnchors_ThisMachine_NamesItsSources()
    {
        _snippets.SystemAnchors();

        Assert.That(Output, Does.Match(@"(?m)^/.+: \d+ anchors \(.+\)$"));
    }

    private static TlsContext ContextWith(string pem)
    {
        var context = TlsContext.CreateDefault();
        context.LoadVerifyLocations(caData: pem);
        return context;
    }
}
