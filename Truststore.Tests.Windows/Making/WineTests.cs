using System.Globalization;

namespace Truststore.Tests.Windows.Making;

/// <summary>Stands for the tests that call crypt32, where there is none: they run under Wine, by a script that leaves its report.</summary>
[Platform(Exclude = "Win")]
internal sealed class WineTests
{
    /// <summary>Names the report.</summary>
    private const string Variable = "TRUSTSTORE_WINE_REPORT";

    [Test]
    public void Crypt32Tests_UnderWine_PassedAll()
    {
        var report = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(report))
        {
            Assert.Ignore($"The tests that call crypt32 do not run on this system. On Linux run .ci/wine-tests (Debian: wine64), and set {Variable} to a file with its output for this test to look at.");
        }

        var counts = File.ReadLines(report)
            .SkipWhile(line => !line.StartsWith("Test run summary:", StringComparison.Ordinal))
            .Select(line => line.Split(':'))
            .Where(parts => parts is [_, var number] && int.TryParse(number, CultureInfo.InvariantCulture, out _))
            .ToDictionary(parts => parts[0].Trim(), parts => int.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts.GetValueOrDefault("succeeded"), Is.Positive);
            Assert.That(counts.GetValueOrDefault("failed", -1), Is.Zero);
        }
    }
}
