using System.Globalization;

namespace Truststore.Tests.Core.Fuzzing;

/// <summary>Feeds inputs to a parser, and holds each to its bounds of time and memory.</summary>
internal sealed class FuzzRun
{
    /// <summary>What one input may take of a processor, far above what any takes.</summary>
    private static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private const long MostAllocatedAtAll = 256 * 1024;
    private const long MostAllocatedPerOctet = 400;

    private readonly int _count;
    private byte[] _input = [];
    private int _number;

    /// <param name="count">How many inputs there are under CI; elsewhere a tenth of them.</param>
    private FuzzRun(int count) => _count = Environment.GetEnvironmentVariable("CI") is "true" ? count : count / 10;

    /// <summary>Runs one part of a test.</summary>
    /// <param name="count">How many inputs there are under CI; elsewhere a tenth of them.</param>
    /// <param name="next">Makes the next input.</param>
    /// <param name="feed">Feeds it; throws for what must not happen, and tells whether the input was sound.</param>
    internal static async Task RunAsync(int count, Func<byte[]> next, Func<byte[], bool> feed)
    {
        var run = new FuzzRun(count);
        var clock = new TaskCompletionSource<ProcessorTime>(TaskCreationOptions.RunContinuationsAsynchronously);
        var feeding = Task.Run(() =>
        {
            clock.SetResult(ProcessorTime.OfThisThread());
            return run.Feed(next, feed);
        });
        await run.WatchAsync(feeding, await clock.Task);
        var sound = await feeding;
        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{run._count:N0} inputs, {sound:N0} of them sound; with CI=true there are {count:N0}."));
    }

    /// <summary>Fails when one input keeps the processor for too long, or when nothing at all happens any more.</summary>
    private async Task WatchAsync(Task feeding, ProcessorTime clock)
    {
        var (number, since, pauses) = (0, clock.Read(), 0);
        while (await Task.WhenAny(feeding, Task.Delay(s_pause)) != feeding)
        {
            pauses++;
            if (Volatile.Read(ref _number) is var current && current != number)
            {
                (number, since, pauses) = (current, clock.Read(), 0);
            }

            Assert.That(clock.Read() - since < s_mostTime && pauses * s_pause < Patience.OfAProgram, () => $"an input hangs: {Describe()}");
        }
    }

    private int Feed(Func<byte[]> next, Func<byte[], bool> feed)
    {
        var sound = 0;
        for (var i = 0; i < _count; i++)
        {
            _input = next();
            Volatile.Write(ref _number, i + 1);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                sound += feed(_input) ? 1 : 0;
            }
            catch (Exception error)
            {
                throw new AssertionException($"{error.GetType().Name}: {error.Message} The input: {Describe()}", error);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.That(allocated, Is.LessThan(MostAllocatedAtAll + (MostAllocatedPerOctet * _input.Length)), () => $"an input allocates too much: {Describe()}");
        }

        return sound;
    }

    private string Describe() => Convert.ToBase64String(_input);
}
