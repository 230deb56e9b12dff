using System.Text;
using Truststore.Negotiation;
using static System.FormattableString;

namespace Truststore.Tests.Core.Negotiation;

/// <summary>Servers that choose numbers, lengths and texts to cost their clients time and memory, or to fill their logs.</summary>
[Platform(Include = "Linux", Reason = "The contexts start from CreateDefault(), which has a verifier on Linux only.")]
internal sealed class HostileNumberTests
{
    private const string Stream = "<stream:stream xmlns:stream='http://etherx.jabber.org/streams'>";

    /// <summary>How many bytes may be allocated for each byte that a server sends.</summary>
    private const int MaxAllocation = 100;

    private static IEnumerable<TestCaseData> Numbers()
    {
        const StartTlsFailureReason Limit = StartTlsFailureReason.LimitExceeded;
        const StartTlsFailureReason Unexpected = StartTlsFailureReason.UnexpectedReply;
        yield return Case(StartTlsProtocol.Imap, 0, "* OK {99999999999}\r\n", Limit);
        yield return Case(StartTlsProtocol.Imap, 2, $"* X {{{Many('9')}}}\r\nA1 OK\r\n", Limit);
        yield return Case(StartTlsProtocol.Imap, 2, "* X {2147483648+}\r\nA1 OK\r\n", Limit);
        yield return Case(StartTlsProtocol.Imap, 2, "* X {2147483647}\r\n", Limit);
        yield return Case(StartTlsProtocol.ManageSieve, 0, "\"X\" {4294967296}\r\nOK\r\n", Limit);
        yield return Case(StartTlsProtocol.ManageSieve, 2, $"OK {{{Many('1')}+}}\r\n", Limit);
        yield return Case(StartTlsProtocol.Smtp, 0, Many('9') + "\r\n", Unexpected);
        yield return Case(StartTlsProtocol.Ftp, 2, "2" + Many('3') + "\r\n", Unexpected);
        yield return Case(StartTlsProtocol.Nntp, 4, "382" + Many('0') + "\r\n", Unexpected);
        yield return Case(StartTlsProtocol.Irc, 3, Many('6') + "\r\n", StartTlsFailureReason.ConnectionClosed);
        yield return Case(StartTlsProtocol.Pop3, 0, "+OK" + Many('0') + "\r\n", Unexpected);
        yield return Case(StartTlsProtocol.MySql, 0, "\xFF\xFF\xFF\0", Limit);
        yield return Case(StartTlsProtocol.PostgreSql, 1, "E\xFF\xFF\xFF\xFF", Unexpected);
        yield return Case(StartTlsProtocol.PostgreSql, 1, "E\x7F\xFF\xFF\xFF", Limit);
        yield return Case(StartTlsProtocol.Xmpp, 1, Stream[..^1] + " xmlns:stream='urn:x'>", Unexpected);
        yield return Case(StartTlsProtocol.Xmpp, 1, Stream[..^1] + string.Concat(Enumerable.Repeat(" a='b'", 1300)) + "!>", Unexpected);

        static string Many(char digit) => new(digit, 8000);

        static TestCaseData Case(StartTlsProtocol protocol, int from, string words, StartTlsFailureReason reason)
        {
            var name = string.Concat(words.TakeLast(16).Select(c => c is >= ' ' and <= '~' ? c : '.'));
            return new TestCaseData(protocol, from, words, reason).SetArgDisplayNames(protocol.ToString(), name);
        }
    }

    [TestCaseSource(nameof(Numbers))]
    public async Task UpgradeAsync_HostileNumber_FailsInFewWords(
        StartTlsProtocol protocol, int from, string words, StartTlsFailureReason reason)
    {
        var error = await new ScriptedConnection().FailAsync(protocol, ProtocolScripts.Of(protocol).With(from, words));

        Assert.That(error.Reason, Is.EqualTo(reason), error.Message);
        HostileServerAssert.IsShort(error);
    }

    // Where each protocol has room for words of the server's own.
    private static IEnumerable<TestCaseData> Refusals()
    {
        (string Name, string Text)[] texts =
        [
            ("letters", new string('x', 7000)),
            ("escapes", new string('\x01', 7000)),
            ("emoji", string.Concat(Enumerable.Repeat("\xF0\x9F\x94\x92", 1700))),
            ("ideographs", string.Concat(Enumerable.Repeat("\xE6\xBC\xA2", 2300))),
            ("broken UTF-8", new string('\xFF', 7000)),
        ];
        foreach (var (name, text) in texts)
        {
            var length = text.Length + 6;
            yield return Case(StartTlsProtocol.Smtp, 0, $"554 {text}\r\n");
            yield return Case(StartTlsProtocol.Lmtp, 4, $"454 {text}\r\n");
            yield return Case(StartTlsProtocol.Imap, 0, $"* BYE {text}\r\n");
            yield return Case(StartTlsProtocol.Pop3, 0, $"-ERR {text}\r\n");
            yield return Case(StartTlsProtocol.Ftp, 0, $"421 {text}\r\n");
            yield return Case(StartTlsProtocol.Nntp, 0, $"400 {text}\r\n");
            yield return Case(StartTlsProtocol.ManageSieve, 0, $"BYE \"{text}\"\r\n");
            yield return Case(StartTlsProtocol.Irc, 1, $"ERROR :{text}\r\n");
            yield return Case(StartTlsProtocol.MySql, 0, ProtocolScripts.MySqlPacket("\xFF\x10\x04" + text));
            yield return Case(StartTlsProtocol.PostgreSql, 1, $"E\0\0{(char)(length / 256)}{(char)(length % 256)}M{text}\0");
            yield return Case(StartTlsProtocol.Xmpp, 1, $"{Stream}<stream:error>{text}</stream:error>");

            TestCaseData Case(StartTlsProtocol protocol, int from, string words) =>
                new TestCaseData(protocol, from, words).SetArgDisplayNames(protocol.ToString(), name);
        }
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task UpgradeAsync_LongRefusal_IsCutInEveryProtocol(StartTlsProtocol protocol, int from, string words)
    {
        var error = await new ScriptedConnection().FailAsync(protocol, ProtocolScripts.Of(protocol).With(from, words));

        Assert.That(error.Reason, Is.EqualTo(StartTlsFailureReason.Refused), error.Message);
        Assert.That(error.ServerSaid, Does.EndWith("…"));
        HostileServerAssert.IsShort(error);
    }

    [Test]
    public async Task UpgradeAsync_StreamWithALongComplaint_IsCut()
    {
        await using var client = new ComplainingStream(new string('x', 100_000) + "\u202E");
        var context = Handshakes.TestContexts.Create();

        var error = await Assert.ThrowsAsync<StartTlsException>(
            () => StartTls.UpgradeAsync(client, StartTlsProtocol.Imap, context, ProtocolScripts.Host));

        HostileServerAssert.IsShort(error!);
    }

    private static IEnumerable<TestCaseData> Declarations()
    {
        yield return Case("in one element behind the other", index => $"<a {Declare(index)}/>");
        yield return Case("in elements inside each other", index => $"<a {Declare(index)}>");

        static TestCaseData Case(string name, Func<int, string> tag) =>
            new TestCaseData(Stream + string.Concat(Enumerable.Range(0, 7).Select(tag))).SetArgDisplayNames(name);

        static string Declare(int index) => string.Join(' ', Enumerable.Range(0, 500).Select(i => Invariant($"xmlns:n{index}{i:D3}=''")));
    }

    [TestCaseSource(nameof(Declarations))]
    public async Task ReadAsync_ThousandsOfNamespaces_AllocatesLittle(string stream)
    {
        await using var server = new MemoryStream(Encoding.ASCII.GetBytes(stream));
        var host = ReferenceIdentifier.Parse(ProtocolScripts.Host);
        var reader = new XmppReader(new PlaintextSession(server, StartTlsProtocol.Xmpp, host, StartTlsOptions.Default));

        // The stream has it all, so that nothing is waited for and everything happens on this thread.
        HostileServerAssert.Allocates(stream.Length * MaxAllocation, () =>
        {
            for (var tag = 0; tag < 8; tag++)
            {
                var reading = reader.ReadAsync(0, CancellationToken.None);
                Assert.That(reading.IsCompletedSuccessfully, Is.True);
            }
        });
    }

    private sealed class ComplainingStream(string complaint) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException(complaint);
    }
}
