using System.Reflection;
using Truststore.Platform.Linux;
using Truststore.Tests.Docs;

namespace Truststore.Tests.PublicApi;

/// <summary>The public API stands in a text file for each assembly, so that a change of it is seen and meant.</summary>
internal sealed class PublicApiTests
{
    private static IEnumerable<TestCaseData> Assemblies() => new[]
    {
        typeof(TlsContext).Assembly,
        typeof(SystemTrust).Assembly,
        typeof(LinuxChainVerifier).Assembly,
        typeof(Platform.MacOS.MacOSChainVerifier).Assembly,
        typeof(Platform.Windows.WindowsChainVerifier).Assembly,
        typeof(Microsoft.Extensions.DependencyInjection.TruststoreHttpExtensions).Assembly,
        typeof(Microsoft.AspNetCore.Hosting.TruststoreListenOptionsExtensions).Assembly,
    }.Select(assembly => new TestCaseData(assembly).SetArgDisplayNames(assembly.GetName().Name!));

    [TestCaseSource(nameof(Assemblies))]
    public void ExportedTypes_Assembly_AreThoseOfTheFile(Assembly assembly)
    {
        var actual = PublicApiText.Write(assembly);
        var file = $"Truststore.Tests/PublicApi/{assembly.GetName().Name}.txt";
        if (string.Equals(Environment.GetEnvironmentVariable("TRUSTSTORE_WRITE_DOCS"), "1", StringComparison.Ordinal))
        {
            RepositoryFiles.Write(file, actual);
        }

        Assert.That(
            RepositoryFiles.Read(file),
            Is.EqualTo(actual),
            "The public API changed. If that is meant, write the file anew: TRUSTSTORE_WRITE_DOCS=1 dotnet test --filter \"FullyQualifiedName~PublicApiTests\"");
    }
}
