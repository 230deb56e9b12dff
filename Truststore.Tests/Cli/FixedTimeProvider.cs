namespace Truststore.Tests.Cli;

/// <summary>A clock that stands still; timers run by the machine's.</summary>
internal sealed class FixedTimeProvider(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
