using System.Security.Authentication;

namespace Truststore.Tests.Core.Context;

/// <summary>TLS 1.3 where .NET speaks it by a switch only.</summary>
internal sealed class ProtocolSupportTests
{
    [TestCase(SslProtocols.Tls13, false, false)]
    [TestCase(SslProtocols.Tls13, true, true)]
    [TestCase(SslProtocols.Tls12, true, false)]
    [TestCase(SslProtocols.Tls12 | SslProtocols.Tls13, true, false)]
    public void Require_SpokenProtocol_Passes(SslProtocols protocols, bool isMacOS, bool isNetworkFrameworkUsed) =>
        Assert.That(() => ProtocolSupport.Require(protocols, isMacOS, () => isNetworkFrameworkUsed), Throws.Nothing);

    [Test]
    public void Require_Tls13AloneOnMacOSWithoutTheSwitch_NamesFeaturePlatformAndWayOut() =>
        Assert.That(
            () => ProtocolSupport.Require(SslProtocols.Tls13, isMacOS: true, () => false),
            Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains("TLS 1.3").And.Message.Contains("macOS").And.Message.Contains("System.Net.Security.UseNetworkFramework"));
}
