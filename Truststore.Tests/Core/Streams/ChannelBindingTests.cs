using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Streams;

/// <summary>What ties an authentication inside to the connection.</summary>
internal sealed class ChannelBindingTests
{
    private const TlsProtocolVersion Tls12 = TlsProtocolVersion.Tls12;
    private const TlsProtocolVersion Tls13 = TlsProtocolVersion.Tls13;

    private static readonly TlsContext s_server = TestContexts.CreateServer();

    [TestCase("tls-server-end-point", Tls12, true)]
    [TestCase("tls-server-end-point", Tls13, true)]
    [TestCase("tls-unique", Tls12, true)]
    [TestCase("tls-unique", Tls13, false)]
    [TestCase("tls-exporter", Tls13, false)]
    public void GetChannelBinding_BothSides_AreTheSame(string type, TlsProtocolVersion version, bool isThere)
    {
        using var pair = new BioPair(TestContexts.Create().Only(version), s_server);
        var before = pair.Client.GetChannelBinding(type);
        pair.Handshake();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Null);
            Assert.That(pair.Client.GetChannelBinding(type), isThere ? Is.Not.Empty : Is.Null);
            Assert.That(pair.Client.GetChannelBinding(type), Is.EqualTo(pair.Server.GetChannelBinding(type)));
            Assert.That(() => pair.Client.GetChannelBinding("tls-nothing"), Throws.ArgumentException);
        }
    }

    [Test]
    public void GetChannelBinding_ServerEndPoint_IsTheHashOfTheCertificate()
    {
        using var pair = new BioPair(TestContexts.Create(), s_server);
        pair.Handshake();

        Assert.That(pair.Client.GetChannelBinding("tls-server-end-point"), Is.EqualTo(System.Security.Cryptography.SHA256.HashData(HandshakePki.Instance[HandshakePki.Trusted].Server.Der.Span)));
    }
}
