using System.Security.Cryptography;
using Truststore.Cli.Demo;
using Truststore.Tests.Core.Trust;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Streams;

/// <summary>TLS objects on both ends: here this library's, there Python's.</summary>
internal sealed class PythonTests : IDisposable
{
    private const TlsProtocolVersion Tls12 = TlsProtocolVersion.Tls12;
    private const TlsProtocolVersion Tls13 = TlsProtocolVersion.Tls13;
    private const string Host = "python.example.com";

    // Python cannot be told what time it is.
    private static readonly DateTimeOffset s_begin = HandshakePki.Now.AddYears(-6);
    private static readonly DateTimeOffset s_end = HandshakePki.Now.AddYears(60);

    private readonly TemporaryDirectory _folder = new();
    private readonly IssuedCertificate _root = IssuedCertificate.SelfSigned(CertificateSpec.Authority("Root for Python", s_begin, s_end));
    private readonly IssuedCertificate _leaf;

    public PythonTests() => _leaf = _root.Issue(CertificateSpec.Server(s_begin, s_end, [Host]) with { ExtendedKeyUsages = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"] });

    private string CaFile => _folder.Write("ca.pem", _root.ExportPem());

    private string CertificateFile => _folder.Write("leaf.pem", _leaf.ExportPem());

    private string KeyFile => _folder.Write("key.pem", _leaf.ExportKeyPem());

    private string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_leaf.Der.Span));

    [Test]
    [CancelAfter(60_000)]
    public async Task Client_PythonServer_Agree([Values(Tls12, Tls13)] TlsProtocolVersion version, [Values(1, 5, 16_384)] int size, CancellationToken cancellationToken)
    {
        using var python = PythonPeer.Start(isServer: true, version, size, Host, caFile: null, CertificateFile, KeyFile);
        using var pump = new BioPump(CreateClient(), Host, python.Output, python.Input, size);

        await AssertAgreementAsync(pump, python, version, peerOfPython: null, cancellationToken);

        Assert.That(pump.Tls.GetPeerCertificate(), Is.EqualTo(_leaf.Info));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Server_PythonClient_Agree([Values(Tls12, Tls13)] TlsProtocolVersion version, [Values(1, 5, 16_384)] int size, CancellationToken cancellationToken)
    {
        using var python = PythonPeer.Start(isServer: false, version, size, Host, CaFile, certificateFile: null, keyFile: null);
        using var pump = new BioPump(CreateServer(), host: null, python.Output, python.Input, size);

        await AssertAgreementAsync(pump, python, version, Fingerprint, cancellationToken);

        Assert.That(pump.Tls.ServerHostname, Is.EqualTo(Host));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Server_PythonClientWithCertificate_Agree([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        var server = CreateServer();
        server.VerifyMode = TlsVerifyMode.Required;
        using var python = PythonPeer.Start(isServer: false, version, 1000, Host, CaFile, CertificateFile, KeyFile);
        using var pump = new BioPump(server, host: null, python.Output, python.Input);

        await AssertAgreementAsync(pump, python, version, Fingerprint, cancellationToken);

        Assert.That(pump.Tls.GetVerifiedChain(), Is.EqualTo(new[] { _leaf.Info, _root.Info }));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Client_WithCertificateForPythonServer_Agree([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        var client = CreateClient();
        client.LoadCertificateChain(_leaf.Certificate, []);
        using var python = PythonPeer.Start(isServer: true, version, 1000, Host, CaFile, CertificateFile, KeyFile);
        using var pump = new BioPump(client, Host, python.Output, python.Input);

        await AssertAgreementAsync(pump, python, version, Fingerprint, cancellationToken);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Dispose_WithoutUnwrap_IsATruncationForPython([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        using var python = PythonPeer.Start(isServer: true, version, 1000, Host, caFile: null, CertificateFile, KeyFile);
        using var pump = new BioPump(CreateClient(), Host, python.Output, python.Input);
        await pump.HandshakeAsync(cancellationToken);
        await python.Input.DisposeAsync();

        Assert.That((await python.ReportAsync(cancellationToken)).GetProperty("end").GetString(), Is.EqualTo("truncated"));
        await Assert.ThatAsync(() => pump.RunAsync(static tls => tls.Read(new byte[1], out _), cancellationToken), Throws.InstanceOf<IOException>());
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task DoHandshake_PythonServerOfAnotherHost_ThrowsTheReason([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        using var python = PythonPeer.Start(isServer: true, version, 1000, Host, caFile: null, CertificateFile, KeyFile);
        using var pump = new BioPump(CreateClient(), "other.example.com", python.Output, python.Input);

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => pump.HandshakeAsync(cancellationToken));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.HostnameMismatch));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task DoHandshake_PythonClientThatWantsAnotherHost_GetsItsAlert(CancellationToken cancellationToken)
    {
        using var python = PythonPeer.Start(isServer: false, Tls12, 1000, "other.example.com", CaFile, certificateFile: null, keyFile: null);
        using var pump = new BioPump(CreateServer(), host: null, python.Output, python.Input);

        await Assert.ThatAsync(() => pump.HandshakeAsync(cancellationToken), Throws.InstanceOf<System.Security.Authentication.AuthenticationException>());
        Assert.That((await python.ReportAsync(cancellationToken)).GetProperty("error").GetString(), Is.EqualTo("CERTIFICATE_VERIFY_FAILED"));
    }

    public void Dispose()
    {
        _leaf.Dispose();
        _root.Dispose();
        _folder.Dispose();
    }

    private TlsContext CreateClient()
    {
        var context = TestContexts.CreateForSystem();
        context.LoadVerifyLocations(caData: _root.ExportPem());
        context.SetAlpnProtocols("http/1.1");
        return context;
    }

    private TlsContext CreateServer()
    {
        var context = TlsContext.CreateDefaultServer();
        context.TimeProvider = TestContexts.Clock;
        context.LoadVerifyLocations(caData: _root.ExportPem());
        context.LoadCertificateChain(_leaf.Certificate, []);
        context.SetAlpnProtocols("http/1.1");
        return context;
    }

    private static async Task AssertAgreementAsync(BioPump pump, PythonPeer python, TlsProtocolVersion version, string? peerOfPython, CancellationToken cancellationToken)
    {
        await pump.HandshakeAsync(cancellationToken);
        var unique = pump.Tls.GetChannelBinding();
        var text = string.Concat(Enumerable.Repeat("truststore ", 3000));
        await pump.WriteAsync(text + "\n", cancellationToken);
        var echo = await pump.ReadLineAsync(cancellationToken);
        var end = await pump.UnwrapAsync(cancellationToken);
        var report = await python.ReportAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(echo, Is.EqualTo(text.ToUpperInvariant()));
            Assert.That((end, report.GetProperty("end").GetString()), Is.EqualTo((TlsStatus.Done, "closed")));
            Assert.That(report.GetProperty("version").GetString(), Is.EqualTo(pump.Tls.Version).And.EqualTo(version == Tls12 ? "TLSv1.2" : "TLSv1.3"));
            Assert.That(report.GetProperty("alpn").GetString(), Is.EqualTo(pump.Tls.SelectedAlpnProtocol).And.EqualTo("http/1.1"));
            Assert.That(report.GetProperty("peer").GetString(), Is.EqualTo(peerOfPython));

            // Python gives the first Finished message over TLS 1.3 too, where it binds nothing (RFC 9266 §3).
            Assert.That(unique is null ? null : Convert.ToHexStringLower(unique), Is.EqualTo(version == Tls12 ? report.GetProperty("unique").GetString() : null));
        }
    }
}
