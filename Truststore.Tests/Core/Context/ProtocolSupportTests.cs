using System.Security.Authentication;

namespace Truststore.Tests.Core.Context;

/// <summary>TLS 1.3 where .NET speaks it by a switch only.</summary>
internal sealed class ProtocolSupportTests
{
    [TestCase(SslProtocols.Tls13, TlsRole.Client, false, false)]
    [TestCase(SslProtocols.Tls13, TlsRole.Server, false, false)]
    [TestCase(SslProtocols.Tls13, TlsRole.Client, true, true)]
    [TestCase(SslProtocols.Tls12, TlsRole.Client, true, false)]
    [TestCase(SslProtocols.Tls12 | SslProtocols.Tls13, TlsRole.Client, true, false)]
    [TestCase(SslProtocols.Tls12 | SslProtocols.Tls13, TlsRole.Server, true, false)]
    public void Require_SpokenProtocol_Passes(SslProtocols protocols, TlsRole role, bool isMacOS, bool isNetworkFrameworkUsed) =>
        Assert.That(() => ProtocolSupport.Require(protocols, role, isMacOS, () => isNetworkFrameworkUsed), Throws.Nothing);

    [Test]
    public void Require_Tls13AloneOnMacOSWithoutTheSwitch_NamesFeaturePlatformAndWayOut() =>
        Assert.That(
            () => ProtocolSupport.Require(SslProtocols.Tls13, TlsRole.Client, isMacOS: true, () => false),
            Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains("TLS 1.3").And.Message.Contains("macOS").And.Message.Contains("System.Net.Security.UseNetworkFramework"));

    [Test]
    public void Require_Tls13AloneForAServerOnMacOS_IsRefusedWithTheSwitchToo() =>
        Assert.That(
            () => ProtocolSupport.Require(SslProtocols.Tls13, TlsRole.Server, isMacOS: true, () => true),
            Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains("TLS 1.3").And.Message.Contains("servers on macOS").And.Message.Contains("TLS 1.2"));
}
