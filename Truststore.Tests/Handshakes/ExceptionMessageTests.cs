namespace Truststore.Tests.Handshakes;

/// <summary>What people read when a server is rejected, word by word: what is wrong, for which name, what was presented, what to do.</summary>
internal sealed class ExceptionMessageTests
{
    [TestCase(HandshakePki.WrongHost, "x")]
    [TestCase(HandshakePki.Expired, "x")]
    [TestCase(HandshakePki.NotYetValid, "x")]
    [TestCase(HandshakePki.UnknownCa, "x")]
    [TestCase(HandshakePki.MissingIntermediate, "x")]
    [TestCase(HandshakePki.SelfSigned, "x")]
    [TestCase(HandshakePki.WeakAnchor, "x")]
    [TestCase(HandshakePki.WrongUsage, "x")]
    [CancelAfter(30_000)]
    public async Task Message_RejectedServer_ExplainsIt(string host, string expected, CancellationToken cancellationToken)
    {
        var server = InMemoryHandshake.CreateServerOptions(HandshakePki.Instance[host]);

        var error = await InMemoryHandshake.RunRejectedAsync(TestContexts.Create().CreateOptions(host), server, cancellationToken);

        Assert.That(error.Message, Is.EqualTo(expected));
    }
}
