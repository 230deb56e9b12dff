namespace Truststore.Tests.Core.Negotiation;

/// <summary>What holds whatever a server sends.</summary>
internal static class HostileServerAssert
{
    private const int MaxServerText = 512;

    /// <summary>An exception has no more of what the server said than anyone reads, and nothing that a terminal obeys.</summary>
    internal static void IsShort(StartTlsException error)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.ServerSaid?.Length ?? 0, Is.LessThanOrEqualTo(MaxServerText + "-2147483648 …".Length));
            Assert.That(error.Message, Has.Length.LessThan(2000));
            Text.ForeignText.AssertHarmless(error.Message, error.Message);
        }
    }

    /// <summary>Work on this thread allocates less than so many bytes.</summary>
    internal static void Allocates(int most, Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(most));
    }
}
