using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Attacks;

/// <summary>What a caller of the callback hands over, and what the callback takes it for.</summary>
internal sealed class ValidationCallbackTests
{
    private const string OtherHost = "other.callback.example.com";

    private static readonly HandshakePki s_pki = HandshakePki.Instance;

    /// <summary>Certificates may come as the base class, which .NET Framework's and some libraries' callbacks use.</summary>
    [TestCase(TlsVerifyMode.Optional)]
    [TestCase(TlsVerifyMode.Required)]
    public void CreateServerOptions_UntrustedCertificateOfTheBaseClass_IsNotTakenForAnonymous(TlsVerifyMode mode)
    {
        using var forged = s_pki.StrangerCa.Issue(HandshakePki.ClientSpec(s_pki.StrangerCa));
#pragma warning disable SYSLIB0057 // The constructor makes the base class, which is the point.
        using var certificate = new X509Certificate(forged.Certificate.RawData);
#pragma warning restore SYSLIB0057
        var callback = TestContexts.CreateServer(mode).CreateServerOptions().RemoteCertificateValidationCallback!;

        var error = Assert.Throws<CertificateVerificationException>(() => callback(this, certificate, null, SslPolicyErrors.None));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.IssuerNotFound));
    }

    [Test]
    public void CreateServerOptions_NullUnderOptional_IsAnonymous()
    {
        var callback = TestContexts.CreateServer(TlsVerifyMode.Optional).CreateServerOptions().RemoteCertificateValidationCallback!;

        Assert.That(callback(this, null, null, SslPolicyErrors.RemoteCertificateNotAvailable));
    }

    /// <summary>The stream connects to one host and the callback was made for another: the callback's counts, in both directions.</summary>
    [TestCase(OtherHost, HandshakePki.Trusted, null)]
    [TestCase(HandshakePki.Trusted, OtherHost, FailureReason.HostnameMismatch)]
    [TestCase("", HandshakePki.Trusted, null)]
    [TestCase("", OtherHost, FailureReason.HostnameMismatch)]
    [CancelAfter(30_000)]
    public async Task CreateValidationCallback_ExplicitHost_WinsOverTheStreams(string targetHost, string expected, FailureReason? reason, CancellationToken cancellationToken)
    {
        var client = CreateOptions(targetHost, expected);
        var server = s_pki[HandshakePki.Trusted].Server;

        if (reason is null)
        {
            await using var connection = await InMemoryHandshake.RunAsync(client, server, cancellationToken);
            Assert.That(connection.Client.GetVerification()!.ReferenceIdentifier!.Value, Is.EqualTo(expected));
        }
        else
        {
            var error = await InMemoryHandshake.RunRejectedAsync(client, server, cancellationToken);
            Assert.That((error.Reason, error.ReferenceIdentifier!.Value), Is.EqualTo((reason, expected)));
        }
    }

    [TestCase("exam ple.com", "exam ple.com")]
    [TestCase("a..b", "a..b")]
    [TestCase("1.2.3.4.5", "1.2.3.4.5")]
    [CancelAfter(30_000)]
    public async Task CreateOptions_TargetHostThatIsNoHostName_SaysWhatIsWrongWithIt(string targetHost, string named, CancellationToken cancellationToken)
    {
        var client = TestContexts.Create().CreateOptions();
        client.TargetHost = targetHost;

        var error = await InMemoryHandshake.RunRejectedAsync(client, s_pki[HandshakePki.Trusted].Server, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Reason, Is.EqualTo(FailureReason.MissingReferenceIdentifier));
            Assert.That(error.Message, Does.Contain(named).And.Not.Contain("there is no host"));
        }
    }

    private static SslClientAuthenticationOptions CreateOptions(string targetHost, string expected) => new()
    {
        TargetHost = targetHost,
        RemoteCertificateValidationCallback = TestContexts.Create().CreateValidationCallback(expected),
    };
}
