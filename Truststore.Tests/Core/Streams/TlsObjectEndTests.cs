using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Streams;

/// <summary>How connections end.</summary>
internal sealed class TlsObjectEndTests
{
    private const TlsProtocolVersion Tls12 = TlsProtocolVersion.Tls12;
    private const TlsProtocolVersion Tls13 = TlsProtocolVersion.Tls13;

    private static readonly TlsContext s_server = TestContexts.CreateServer();

    [Test]
    public void Unwrap_BothSides_CloseCleanly([Values(Tls12, Tls13)] TlsProtocolVersion version)
    {
        using var pair = new BioPair(TestContexts.Create().Only(version), s_server);
        pair.Handshake();
        pair.Server.Write("last words"u8);
        pair.Carry();

        var first = pair.Server.Unwrap();
        pair.Carry();
        var premature = Assert.Throws<InvalidOperationException>(() => pair.Client.Unwrap());
        var words = BioPair.ReadText(pair.Client);
        var closed = pair.Client.Read(new byte[1], out _);
        var second = pair.Client.Unwrap();
        pair.Carry();
        var third = pair.Server.Unwrap();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, closed, second, third), Is.EqualTo((TlsStatus.WantRead, TlsStatus.Closed, TlsStatus.Done, TlsStatus.Done)));
            Assert.That(words, Is.EqualTo("last words"));
            Assert.That(premature!.Message, Does.Contain("not read"));
            Assert.That(() => pair.Client.Write("x"u8), Throws.InvalidOperationException);
        }
    }

    [Test]
    public void Read_PeerThatEndsWithoutCloseNotify_IsToldFromACleanClose([Values(Tls12, Tls13)] TlsProtocolVersion version, [Values] bool inTheMiddleOfARecord)
    {
        using var pair = new BioPair(TestContexts.Create().Only(version), s_server);
        pair.Handshake();
        pair.Server.Write("whole"u8);
        pair.Carry();
        pair.Server.Write("cut off"u8);
        var record = pair.FromServer.Read();
        if (inTheMiddleOfARecord)
        {
            pair.ToClient.Write(record.AsSpan(0, record.Length - 3));
        }

        pair.ToClient.WriteEof();

        var buffer = new byte[10];
        Assert.That((pair.Client.Read(buffer, out var count), count), Is.EqualTo((TlsStatus.Done, 5)));
        Assert.That(() => pair.Client.Read(new byte[10], out _), inTheMiddleOfARecord ? Throws.InstanceOf<IOException>() : Throws.TypeOf<EndOfStreamException>());
    }

    [Test]
    public void DoHandshake_PeerThatEnds_Throws()
    {
        using var pair = new BioPair(TestContexts.Create(), s_server);
        pair.Client.DoHandshake();
        pair.ToClient.WriteEof();

        Assert.That(() => pair.Client.DoHandshake(), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void Read_DamagedRecord_Throws([Values(Tls12, Tls13)] TlsProtocolVersion version)
    {
        using var pair = new BioPair(TestContexts.Create().Only(version), s_server);
        pair.Handshake();
        pair.Server.Write("hello"u8);
        var record = pair.FromServer.Read();
        record[^1] ^= 1;
        pair.ToClient.Write(record);

        Assert.That(() => pair.Client.Read(new byte[10], out _), Throws.InstanceOf<IOException>());
        Assert.That(() => pair.Client.Read(new byte[10], out _), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void Unwrap_BeforeTheHandshake_Throws()
    {
        using var pair = new BioPair(TestContexts.Create(), s_server);

        Assert.That(() => pair.Client.Unwrap(), Throws.InvalidOperationException);
    }
}
