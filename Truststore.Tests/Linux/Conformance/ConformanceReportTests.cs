using Truststore.Tests.Docs;

namespace Truststore.Tests.Linux.Conformance;

internal sealed class ConformanceReportTests
{
    private const string WriteVariable = "TRUSTSTORE_WRITE_DOCS";

    [Test]
    public void Write_ConformanceData_GivesTheCommittedPage()
    {
        const string page = "docs/conformance.md";
        var report = ConformanceReport.Write();
        if (Environment.GetEnvironmentVariable(WriteVariable) is "1")
        {
            RepositoryFiles.Write(page, report);
        }

        Assert.That(RepositoryFiles.Read(page), Is.EqualTo(report), $"docs/conformance.md is out of date; run this test with {WriteVariable}=1.");
    }
}
