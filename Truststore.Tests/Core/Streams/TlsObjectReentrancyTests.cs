using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Streams;

/// <summary>A callback that runs within a call of a TLS object calls it again.</summary>
internal sealed class TlsObjectReentrancyTests
{
    private static IEnumerable<TestCaseData> Calls()
    {
        yield return Case("Read", o => o.Read(new byte[1], out _));
        yield return Case("Write", o => o.Write("x"u8));
        yield return Case("DoHandshake", o => o.DoHandshake());
        yield return Case("Unwrap", o => o.Unwrap());
    }

    [TestCaseSource(nameof(Calls))]
    [CancelAfter(30_000)]
    public void DoHandshake_ObserverThatUsesTheObject_GetsAnErrorInsteadOfWaitingForItself(Action<TlsObject> call, CancellationToken cancellationToken)
    {
        TlsObject? client = null;
        var context = TestContexts.Create();
        context.VerificationObserver = _ => call(client!);
        using var pair = new BioPair(context, TestContexts.CreateServer());
        client = pair.Client;

        var error = Assert.Throws<InvalidOperationException>(() => pair.Handshake());

        Assert.That(error!.Message, Does.Contain("TlsObject").Or.Contain("handshake is not done"));
        Assert.That(cancellationToken.IsCancellationRequested, Is.False);
    }

    [Test]
    public void DoHandshake_ObserverThatLooksAtTheObject_IsServed()
    {
        TlsObject? client = null;
        var seen = new List<(int Pending, bool IsDone)>();
        var context = TestContexts.Create();
        context.VerificationObserver = _ => seen.Add((client!.Pending, client.IsHandshakeDone));
        using var pair = new BioPair(context, TestContexts.CreateServer());
        client = pair.Client;

        pair.Handshake();

        Assert.That(seen, Is.EqualTo([(0, false)]));
    }

    private static TestCaseData Case(string name, Action<TlsObject> call) => new TestCaseData(call).SetArgDisplayNames(name);
}
