using System.Text;

namespace Truststore.Tests.Core.Negotiation;

/// <summary>Each protocol with servers that do not behave: each its own error, and not a word in plaintext more than the protocol demands.</summary>
[Platform(Include = "Linux", Reason = "The contexts start from CreateDefault(), which has a verifier on Linux only.")]
internal sealed class HostileServerTests
{
    private const byte HandshakeRecord = 22;

    private static IEnumerable<ProtocolScript> Plaintext => ProtocolScripts.All.Where(s => s.ServerSteps.Any());

    // MySQL's server gives no go-ahead: what follows its greeting is found before the request.
    private static IEnumerable<TestCaseData> GoAheads() => Plaintext.Select(s => Case(s));

    private static IEnumerable<TestCaseData> Protocols() => ProtocolScripts.All.Select(s => Case(s));

    private static IEnumerable<TestCaseData> ServerSteps() => Plaintext.SelectMany(s => s.ServerSteps.Select(step => Case(s, step)));

    private static IEnumerable<TestCaseData> EarlySteps() => Plaintext.Where(s => s.Protocol != StartTlsProtocol.Irc).SelectMany(s => s.ServerSteps.SkipLast(1).Select(step => Case(s, step)));

    private static IEnumerable<TestCaseData> NotOffered() => Words(s => s.NotOffered);

    private static IEnumerable<TestCaseData> Refused() => Words(s => s.Refused);

    private static IEnumerable<TestCaseData> Unexpected() => Words(s => s.Unexpected);

    private static IEnumerable<TestCaseData> Endless() => Plaintext.SelectMany(s => s.Endless.Select((e, i) => Case(s, e.From, e.Words, e.Repeated).SetArgDisplayNames(s.ToString(), $"{i}")));

    [TestCaseSource(nameof(NotOffered))]
    public Task UpgradeAsync_ServerWithoutTls_IsNotOffered(object table, int from, string words) => FailsAsync(table, from, words, StartTlsFailureReason.NotOffered);

    [TestCaseSource(nameof(Refused))]
    public Task UpgradeAsync_UnwillingServer_IsRefused(object table, int from, string words) => FailsAsync(table, from, words, StartTlsFailureReason.Refused);

    [TestCaseSource(nameof(Unexpected))]
    public Task UpgradeAsync_OutOfPlace_IsUnexpected(object table, int from, string words) => FailsAsync(table, from, words, StartTlsFailureReason.UnexpectedReply);

    [TestCaseSource(nameof(GoAheads))]
    public async Task UpgradeAsync_InjectionInTheSamePacket_IsTold(object table)
    {
        var script = (ProtocolScript)table;
        var last = script.ServerSteps.Last();
        var connection = new ScriptedConnection();

        var error = await connection.FailAsync(script.Protocol, script.With(last, Text(script.Good[last]) + "250 injected\u001B[2J\r\n"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Reason, Is.EqualTo(StartTlsFailureReason.InjectedData), error.Message);
            Assert.That(error.ServerSaid, Is.EqualTo("250 injected\\u001B[2J\\r\\n"));
            Assert.That(connection.Client.Sent, Is.EqualTo(ProtocolScript.ClientWords(script.Good.Take(last))), "Not even a ClientHello.");
        }
    }

    [TestCaseSource(nameof(Protocols))]
    public async Task UpgradeAsync_InjectionInTheNextPacket_IsTold(object table)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();

        var error = await connection.FailAsync(script.Protocol, script.Good, ServerEndings.AnswerRecord("250 injected\r\n"u8.ToArray()));

        AssertFailure(error, StartTlsFailureReason.InjectedData, StartTlsStep.Handshake);
        AssertPlaintextIsOnly(connection, script.Good);
        Assert.That(error.ServerSaid, Does.StartWith("2"));
    }

    [TestCaseSource(nameof(EarlySteps))]
    public async Task UpgradeAsync_AnswerBeforeTheQuestion_IsInjection(object table, int step)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();
        var next = script.ServerSteps.First(s => s > step);

        var error = await connection.FailAsync(script.Protocol, script.With(step, Text(script.Good[step]) + Text(script.Good[next])));

        Assert.That(error.Reason, Is.EqualTo(StartTlsFailureReason.InjectedData), error.Message);
        Assert.That(connection.Client.Sent, Is.EqualTo(ProtocolScript.ClientWords(script.Good.Take(step))));
    }

    [TestCaseSource(nameof(Endless))]
    public async Task UpgradeAsync_EndlessServer_ExceedsALimit(object table, int from, string words, string repeated)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();

        var error = await connection.FailAsync(script.Protocol, script.With(from, words), ServerEndings.Repeat(Encoding.Latin1.GetBytes(repeated)));

        Assert.That(error.Reason, Is.EqualTo(StartTlsFailureReason.LimitExceeded), error.Message);
        Assert.That(error.ServerSaid?.Length ?? 0, Is.LessThan(2000));
        Assert.That(connection.Client.Sent, Is.EqualTo(ProtocolScript.ClientWords(script.Good.Take(from))));
    }

    [TestCaseSource(nameof(ServerSteps))]
    public async Task UpgradeAsync_CloseAfterAnyByte_IsAClosedConnection(object table, int step)
    {
        var script = (ProtocolScript)table;
        var words = Text(script.Good[step]);
        for (var length = 0; length < words.Length; length++)
        {
            var connection = new ScriptedConnection();

            var error = await connection.FailAsync(script.Protocol, script.With(step, words[..length]));

            Assert.That(error.Reason, Is.EqualTo(StartTlsFailureReason.ConnectionClosed), $"after {length} bytes: {error.Message}");
            Assert.That(connection.Client.Sent, Is.EqualTo(ProtocolScript.ClientWords(script.Good.Take(step))), $"after {length} bytes");
        }
    }

    [TestCaseSource(nameof(ServerSteps))]
    public async Task UpgradeAsync_SilenceAtAnyStep_TimesOut(object table, int step)
    {
        var script = (ProtocolScript)table;
        var words = Text(script.Good[step]);
        var connection = new ScriptedConnection();
        var clock = new ManualTimers();

        var error = await connection.FailAsync(script.Protocol, script.With(step, words[..(words.Length / 2)]), ServerEndings.Stall(clock.Fire), new StartTlsOptions { TimeProvider = clock });

        Assert.That(error.Reason, Is.EqualTo(StartTlsFailureReason.Timeout), error.Message);
        Assert.That(error.Message, Does.Contain("30 s"));
        Assert.That(connection.Client.Sent, Is.EqualTo(ProtocolScript.ClientWords(script.Good.Take(step))));
    }

    [TestCaseSource(nameof(Protocols))]
    public async Task UpgradeAsync_SilenceInTheHandshake_TimesOut(object table)
    {
        var script = (ProtocolScript)table;
        var clock = new ManualTimers();

        var error = await new ScriptedConnection().FailAsync(script.Protocol, script.Good, ServerEndings.Stall(clock.Fire), new StartTlsOptions { TimeProvider = clock });

        Assert.That(error.Reason, Is.EqualTo(StartTlsFailureReason.Timeout), error.Message);
    }

    [TestCaseSource(nameof(Protocols))]
    public async Task UpgradeAsync_CloseAfterTheGoAhead_IsAClosedConnection(object table)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();

        var error = await connection.FailAsync(script.Protocol, script.Good);

        AssertFailure(error, StartTlsFailureReason.ConnectionClosed, StartTlsStep.Handshake);
        AssertPlaintextIsOnly(connection, script.Good);
    }

    [TestCaseSource(nameof(Protocols))]
    public async Task UpgradeAsync_AlertAtOnce_IsAFailedHandshake(object table)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();

        var error = await connection.FailAsync(script.Protocol, script.Good, ServerEndings.Alert());

        AssertFailure(error, StartTlsFailureReason.HandshakeFailed, StartTlsStep.Handshake);
        AssertPlaintextIsOnly(connection, script.Good);
    }

    [TestCaseSource(nameof(ServerSteps))]
    public async Task UpgradeAsync_TlsInPlaceOfAnAnswer_Fails(object table, int step)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();

        var error = await connection.FailAsync(script.Protocol, script.With(step, "\u0015\u0003\u0001\0\u0002\u0002\u0028"));

        Assert.That(error.Reason, Is.EqualTo(StartTlsFailureReason.UnexpectedReply).Or.EqualTo(StartTlsFailureReason.ConnectionClosed), error.Message);
        Assert.That(connection.Client.Sent, Is.EqualTo(ProtocolScript.ClientWords(script.Good.Take(step))));
    }

    [TestCaseSource(nameof(Protocols))]
    public async Task UpgradeAsync_Cancelled_ClosesTheConnection(object table)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();
        using var cancellation = new CancellationTokenSource();

        var error = await Assert.CatchAsync<OperationCanceledException>(
            () => connection.UpgradeAsync(script.Protocol, script.Good, ServerEndings.Stall(cancellation.Cancel), cancellationToken: cancellation.Token));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.CancellationToken, Is.EqualTo(cancellation.Token));
            Assert.That(connection.Client.IsDisposed, Is.True);
        }
    }

    private static async Task FailsAsync(object table, int from, string words, StartTlsFailureReason reason)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();

        var error = await connection.FailAsync(script.Protocol, script.With(from, words));

        Assert.That(error.Reason, Is.EqualTo(reason), error.Message);
        Assert.That(connection.Client.Sent, Is.EqualTo(ProtocolScript.ClientWords(script.Good.Take(from))));
    }

    private static void AssertFailure(StartTlsException error, StartTlsFailureReason reason, StartTlsStep step)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Reason, Is.EqualTo(reason), error.Message);
            Assert.That(error.Step, Is.EqualTo(step));
        }
    }

    private static void AssertPlaintextIsOnly(ScriptedConnection connection, IEnumerable<ScriptStep> script)
    {
        var words = ProtocolScript.ClientWords(script);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(connection.Client.Sent[..words.Length], Is.EqualTo(words));
            Assert.That(connection.Client.Sent[words.Length], Is.EqualTo(HandshakeRecord));
        }
    }

    private static string Text(ScriptStep step) => Encoding.Latin1.GetString(step.Bytes);

    private static IEnumerable<TestCaseData> Words(Func<ProtocolScript, IReadOnlyList<(int From, string Words)>> select) =>
        Plaintext.SelectMany(s => select(s).Select((w, i) => Case(s, w.From, w.Words).SetArgDisplayNames(s.ToString(), $"{i}")));

    private static TestCaseData Case(ProtocolScript script, params object[] more) => new TestCaseData([script, .. more]).SetArgDisplayNames([script.ToString(), .. more.Select(m => $"{m}")]);
}
