using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Attacks;

/// <summary>A program verifies chains out of buffers that it uses again, as protocol parsers with pooled memory do.</summary>
internal sealed class ReusedBufferTests
{
    private static readonly HandshakePki s_pki = HandshakePki.Instance;

    [Test]
    public void VerifyChain_ForgedCertificateInTheSameBuffer_IsNotAnsweredWithTheHonestVerdict()
    {
        var context = TestContexts.Create();
        var honest = s_pki[HandshakePki.Trusted].Server;
        var pooled = honest.ServerChain.Select(c => c.Der.ToArray()).ToArray();
        IReadOnlyList<ReadOnlyMemory<byte>> chain = [.. pooled.Select(c => (ReadOnlyMemory<byte>)c)];
        var first = context.VerifyChain(chain, HandshakePki.Trusted);

        // The next message arrives: another key in the certificate, the same signature at its end.
        var key = honest.Info.SubjectPublicKeyInfo.Span;
        pooled[0][pooled[0].AsSpan().IndexOf(key) + key.Length - 1] ^= 1;
        var second = context.VerifyChain(chain, HandshakePki.Trusted);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.IsTrusted);
            Assert.That(first.PeerChain[0].Span.SequenceEqual(honest.Der.Span), "the first verdict still speaks of the honest certificate");
            Assert.That(second.IsTrusted, Is.False);
            Assert.That(second.Failures[0].Reason, Is.EqualTo(FailureReason.InvalidSignature));
        }
    }

    [Test]
    public void VerifyChain_IntermediateInTheSameBuffer_IsNotTakenFromTheCache()
    {
        var context = TestContexts.Create();
        var honest = s_pki[HandshakePki.Trusted].Server;
        var pooled = honest.ServerChain.Select(c => c.Der.ToArray()).ToArray();
        IReadOnlyList<ReadOnlyMemory<byte>> chain = [.. pooled.Select(c => (ReadOnlyMemory<byte>)c)];
        Assert.That(context.VerifyChain(chain, HandshakePki.Trusted).IsTrusted);

        pooled[1].AsSpan(0, pooled[1].Length - 40).Clear();

        Assert.That(context.VerifyChain(chain, HandshakePki.Trusted).IsTrusted, Is.False);
        Assert.That(context.VerifyChain([.. honest.ServerChain.Select(c => c.Der)], HandshakePki.Trusted).IsTrusted);
    }
}
