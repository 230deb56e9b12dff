using Truststore.Negotiation;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Core.Negotiation;

/// <summary>LDAP servers that choose numbers, lengths, nesting and texts to cost their clients time and memory.</summary>
[Platform(Include = "Linux", Reason = "The contexts start from CreateDefault(), which has a verifier on Linux only.")]
internal sealed class HostileLdapTests
{
    private const int Large = 65_000;

    /// <summary>How many bytes may be allocated for each byte that a server sends: a message is read where it stands.</summary>
    private const int MaxAllocation = 2;

    private static readonly byte[] s_zero = [0x0A, 0x01, 0x00];
    private static readonly byte[] s_one = [0x02, 0x01, 0x01];
    private static readonly byte[] s_empty = [0x04, 0x00];
    private static readonly byte[] s_other = Der.Tagged(10, "1.2.3"u8);
    private static readonly byte[] s_startTls = Der.Tagged(10, "1.3.6.1.4.1.1466.20037"u8);

    private static IEnumerable<TestCaseData> LdapAnswers()
    {
        const StartTlsFailureReason Unexpected = StartTlsFailureReason.UnexpectedReply;
        const StartTlsFailureReason Refused = StartTlsFailureReason.Refused;
        byte[] refusal = [0x0A, 0x01, 0x34];
        byte[] longName = Der.Tagged(10, new byte[Large]);
        byte[] tooLong = [0x04, 0x84, 0x7F, 0xFF, 0xFF, 0xFF];
        byte[] indefinite = [0x78, 0x80, .. s_zero, .. s_empty, .. s_empty, 0, 0];
        byte[] endlessTag = [0xBF, .. Enumerable.Repeat((byte)0xFF, Large), 0x01, 0x00];
        yield return Case("message id of 64,000 octets", Unexpected, Message(Der.Value(0x02, Digits(64_000)), Response(s_zero)));
        yield return Case("message id of five octets", Unexpected, Message([0x02, 0x05, 0x01, 0, 0, 0, 1], Response(s_zero)));
        yield return Case("message id without octets", Unexpected, Message([0x02, 0x00], Response(s_zero)));
        yield return Case("negative message id", Unexpected, Message([0x02, 0x01, 0xFF], Response(s_zero)));
        yield return Case("result code of 64,000 octets", Unexpected, Message(s_one, Response(Der.Value(0x0A, Digits(64_000)))));
        yield return Case("highest result code", Refused, Message(s_one, Response([0x0A, 0x04, 0x7F, 0xFF, 0xFF, 0xFF])));
        yield return Case("lowest result code", Refused, Message(s_one, Response([0x0A, 0x04, 0x80, 0, 0, 0])));
        yield return Case("long text", Refused, Message(s_one, Response(refusal, s_empty, Der.OctetString(Letters(Large)))));
        yield return Case("long text of escapes", Refused, Message(s_one, Response(refusal, s_empty, Der.OctetString(new byte[Large]))));
        yield return Case("text in nested strings", Unexpected, Message(s_one, Response(s_zero, s_empty, Nested(0x24))));
        yield return Case("text in strings of indefinite length", Unexpected, Message(s_one, Response(s_zero, s_empty, Indefinite())));
        yield return Case("distinguished name in nested strings", Unexpected, Message(s_one, Response(s_zero, Nested(0x24), s_empty)));
        yield return Case("operation in nested strings", Unexpected, Message(s_one, Response(s_zero, s_empty, s_empty, Nested(0xAA))));
        yield return Case("long operation", Unexpected, Message(s_one, Response(s_zero, s_empty, s_empty, longName)));
        yield return Case("two operations", Unexpected, Message(s_one, Response(s_zero, s_empty, s_empty, s_other, s_startTls)));
        yield return Case("tag of several octets", Unexpected, Message(s_one, Response(s_zero, s_empty, s_empty, endlessTag)));
        yield return Case("response of indefinite length", Unexpected, Message(s_one, indefinite));
        yield return Case("length beyond the message", Unexpected, Message(s_one, Response(s_zero, s_empty, tooLong)));
        yield return Case("length of five octets", Unexpected, Message(s_one, Response(s_zero, s_empty, [0x04, 0x85, 1, 0, 0, 0, 0])));
        yield return Case("octets behind the response", Unexpected, Message(s_one, Response(s_zero), [0xA0, 0x05]));

        static TestCaseData Case(string name, StartTlsFailureReason reason, byte[] answer) =>
            new TestCaseData(reason, answer).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(LdapAnswers))]
    public async Task UpgradeAsync_HostileLdapAnswer_FailsInFewWords(StartTlsFailureReason reason, byte[] answer)
    {
        var script = ProtocolScripts.Of(StartTlsProtocol.Ldap);

        var error = await new ScriptedConnection().FailAsync(StartTlsProtocol.Ldap, [script.Good[0], new ScriptStep(true, answer)]);

        Assert.That(error.Reason, Is.EqualTo(reason), error.Message);
        HostileServerAssert.IsShort(error);
    }

    // Active Directory writes lengths in four octets, and there may be controls and fields of later versions.
    [Test]
    public async Task UpgradeAsync_UnusualLdapAnswer_Upgrades()
    {
        byte[] empty = [0x04, 0x84, 0, 0, 0, 0];
        byte[] more = [.. Der.Wrapped(3, Der.OctetString("ldap://x"u8)), .. Der.Tagged(11, "value"u8), .. Der.Tagged(12, "later"u8)];
        byte[] response = [.. s_zero, .. empty, .. empty, .. s_startTls, .. more];
        byte[] controls = Der.Wrapped(0, Der.Sequence(Der.OctetString("1.2.3"u8)));
        byte[] message = [0x02, 0x04, 0, 0, 0, 1, 0x78, 0x84, 0, 0, 0, (byte)response.Length, .. response, .. controls];
        var script = ProtocolScripts.Of(StartTlsProtocol.Ldap);
        var connection = new ScriptedConnection();

        var answer = new ScriptStep(true, [0x30, 0x84, 0, 0, 0, (byte)message.Length, .. message]);
        var error = await connection.FailAsync(StartTlsProtocol.Ldap, [script.Good[0], answer]);

        Assert.That(error.Step, Is.EqualTo(StartTlsStep.Handshake), "The server said yes, and hangs up then.");
    }

    private static IEnumerable<TestCaseData> Encodings()
    {
        yield return Case("nested strings", Message(s_one, Response(s_zero, s_empty, Nested(0x24))));
        yield return Case("strings of indefinite length", Message(s_one, Response(s_zero, s_empty, Indefinite())));
        yield return Case("number", Message(Der.Value(0x02, Digits(64_000)), Response(s_zero)));
        yield return Case("fields", Message(s_one, Response([s_zero, s_empty, s_empty, .. Enumerable.Repeat(Der.Tagged(12, []), 30_000)])));

        static TestCaseData Case(string name, byte[] answer) => new TestCaseData(answer).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Encodings))]
    public void Read_HostileLdapMessage_AllocatesLittle(byte[] message)
    {
        HostileServerAssert.Allocates(message.Length * MaxAllocation, () =>
        {
            try
            {
                LdapExtendedResponse.Read(message);
            }
            catch (System.Formats.Asn1.AsnContentException)
            {
                // As it should.
            }
        });
    }

    private static byte[] Message(params byte[][] values) => Der.Sequence(values);

    // A result code alone is completed by an empty name and text.
    private static byte[] Response(params byte[][] values) =>
        Der.Value(0x78, [.. values.SelectMany(v => v), .. values.Length == 1 ? s_empty : [], .. values.Length == 1 ? s_empty : []]);

    private static byte[] Letters(int count) => [.. Enumerable.Repeat((byte)'x', count)];

    private static byte[] Digits(int length) => [0x7F, .. Enumerable.Repeat((byte)0xFF, length - 1)];

    // Strings of indefinite length inside each other, each with its end.
    private static byte[] Indefinite() => [.. Enumerable.Repeat<byte[]>([0x24, 0x80], 16_000).SelectMany(b => b), .. new byte[32_000]];

    // A string in a string in a string, as deep as fits 64 KiB.
    private static byte[] Nested(byte tag)
    {
        byte[] value = [0x04, 0x00];
        var content = new List<byte>(value.Reverse());
        while (content.Count < 60_000)
        {
            var length = content.Count;
            byte[] header = length < 0x80 ? [tag, (byte)length] : [tag, 0x82, (byte)(length >> 8), (byte)length];
            content.AddRange(header.Reverse());
        }

        content.Reverse();
        return [.. content];
    }
}
