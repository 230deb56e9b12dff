namespace Truststore.Tests.Core.Streams;

internal sealed class MemoryBioTests
{
    [Test]
    public void Read_WhatWasWrittenInPieces_ComesInOrder([Values(1, 7, 4096, 100_000)] int writeSize, [Values(1, 13, 32 * 1024, 250_000)] int readSize)
    {
        var data = new byte[200_000];
        new Random(1).NextBytes(data);
        using var bio = new MemoryBio();
        foreach (var piece in data.Chunk(writeSize))
        {
            bio.Write(piece);
        }

        var read = new List<byte>();
        var buffer = new byte[readSize];
        while (bio.Pending > 0)
        {
            read.AddRange(buffer[..bio.Read(buffer)]);
        }

        Assert.That(read, Is.EqualTo(data));
    }

    [Test]
    public void Read_WithoutSize_TakesAll()
    {
        using var bio = new MemoryBio();
        bio.Write(new byte[70_000]);

        Assert.That((bio.Read().Length, bio.Pending), Is.EqualTo((70_000, 0L)));
    }

    [Test]
    public void Peek_BytesThatWait_AreShownAndStay()
    {
        using var bio = new MemoryBio();
        bio.Write("abc"u8);

        var shown = bio.Peek().ToArray();
        bio.Advance(2);

        Assert.That((System.Text.Encoding.ASCII.GetString(shown), bio.Pending, bio.Read()[0]), Is.EqualTo(("abc", 1L, (byte)'c')));
    }

    [Test]
    public void Eof_AfterWriteEof_IsThereOnceAllIsRead()
    {
        using var bio = new MemoryBio();
        bio.Write("a"u8);
        var before = bio.Eof;
        bio.WriteEof();
        var withBytes = bio.Eof;
        bio.Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before, withBytes, bio.Eof), Is.EqualTo((false, false, true)));
            Assert.That(() => bio.Write("b"u8), Throws.InvalidOperationException);
            Assert.That(bio.Read(new byte[1]), Is.Zero);
        }
    }

    [TestCase(-1)]
    [TestCase(2)]
    public void Advance_OutOfRange_Throws(int count)
    {
        using var bio = new MemoryBio();
        bio.Write("a"u8);

        Assert.That(() => bio.Advance(count), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Use_DisposedQueue_Throws()
    {
        var bio = new MemoryBio();
        bio.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => bio.Write("a"u8), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => bio.Read(), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(bio.Dispose, Throws.Nothing);
        }
    }

    [Test]
    public void Write_FilledAndEmptiedAgain_AllocatesNothing()
    {
        using var bio = new MemoryBio();
        var buffer = new byte[20_000];
        Pass();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Pass();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000));

        void Pass()
        {
            bio.Write(buffer);
            bio.Read(buffer);
        }
    }
}
