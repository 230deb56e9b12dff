namespace Truststore.Tests;

/// <summary>
/// How long tests wait for what is sure to come. Only a hang takes that long; a machine with much else to do takes a
/// good part of it.
/// </summary>
internal static class Patience
{
    /// <summary>For a test of many steps, or one that starts servers; in milliseconds, for <see cref="CancelAfterAttribute"/>.</summary>
    internal const int OfATestInMilliseconds = 600_000;

    /// <summary>For another program to start, or to do what it was started for.</summary>
    internal static readonly TimeSpan OfAProgram = TimeSpan.FromMinutes(5);
}
