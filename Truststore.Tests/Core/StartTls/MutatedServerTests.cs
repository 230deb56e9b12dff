namespace Truststore.Tests.Core.Negotiation;

/// <summary>Good scripts, damaged at random with a fixed seed: whatever comes of it, it is an upgrade or a <see cref="StartTlsException"/>.</summary>
[Platform(Include = "Linux", Reason = "The contexts start from CreateDefault(), which has a verifier on Linux only.")]
internal sealed class MutatedServerTests
{
    private const int Rounds = 300;
    private const int MaxDamages = 4;
    private const byte HandshakeRecord = 22;

    private static IEnumerable<TestCaseData> Protocols() => ProtocolScripts.All.Where(s => s.ServerSteps.Any()).Select(script => new TestCaseData(script).SetArgDisplayNames(script.ToString()));

    [TestCaseSource(nameof(Protocols))]
    public async Task UpgradeAsync_DamagedScript_FailsByAStartTlsExceptionAndSaysNoMore(object table)
    {
        var script = (ProtocolScript)table;
        var random = new Random(20260615 + (int)script.Protocol);
        var words = ProtocolScript.ClientWords(script.Good);
        for (var round = 0; round < Rounds; round++)
        {
            var damaged = script.Good.Select(step => step.IsServer ? step with { Bytes = Damage(step.Bytes, random) } : step).ToList();
            var connection = new ScriptedConnection();

            // Both sides run on this thread: by now they are through, or wait for each other.
            var upgrading = connection.UpgradeAsync(script.Protocol, damaged);
            connection.HangUp();
            await Assert.ThrowsAsync<StartTlsException>(() => upgrading, $"round {round}");

            var sent = connection.Client.Sent;
            var plaintext = sent[..Math.Min(sent.Length, words.Length)];
            Assert.That(words.AsSpan().StartsWith(plaintext), Is.True, $"round {round}");
            Assert.That(sent.Length == plaintext.Length || sent[words.Length] == HandshakeRecord, Is.True, $"round {round}");
        }
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var i = random.Next(MaxDamages); i > 0 && damaged.Count > 0; i--)
        {
            var position = random.Next(damaged.Count);
            switch (random.Next(4))
            {
                case 0:
                    damaged[position] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    damaged.RemoveAt(position);
                    break;
                default:
                    damaged.InsertRange(position, damaged.GetRange(position, random.Next(damaged.Count - position)));
                    break;
            }
        }

        return [.. damaged];
    }
}
