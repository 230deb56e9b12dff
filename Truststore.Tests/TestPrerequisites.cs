namespace Truststore.Tests;

/// <summary>What a test needs of the machine.</summary>
internal static class TestPrerequisites
{
    private static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") is "true";

    /// <summary>Skips the test and says what is missing; under CI nothing may be missing, and the test fails.</summary>
    internal static void Missing(string what)
    {
        if (IsContinuousIntegration)
        {
            Assert.Fail($"Missing, and CI=true: {what}.");
        }

        Assert.Ignore($"Skipped, missing: {what}.");
    }
}
