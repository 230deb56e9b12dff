using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NSubstitute;
using Spectre.Console;
using Truststore.Cli;
using Truststore.Cli.Probing;

namespace Truststore.Tests.Docs;

/// <summary>What the documentation says against the code.</summary>
internal sealed partial class DocumentationTests
{
    private static IEnumerable<string> CSharpBlocks() => RepositoryFiles.Pages().SelectMany(page => MarkdownPage.Read(page).Blocks("csharp"));

    [Test]
    public void Pages_CSharpBlocks_AreTheSnippetsThatTestsRun() =>
        Assert.That(CSharpBlocks().Select(block => SnippetSource.Split(block).Code), Is.EquivalentTo(SnippetSource.Read().Snippets));

    [Test]
    public void Pages_UsingDirectives_AreThoseThatTheSnippetsCompileWith() =>
        Assert.That(CSharpBlocks().SelectMany(block => SnippetSource.Split(block).Usings), Is.SubsetOf([.. SnippetSource.Read().Usings, "using Truststore;"]).And.Not.Empty);

    [Test]
    public void Pages_LocalLinks_LeadSomewhere()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var page in RepositoryFiles.Pages())
            {
                var folder = Path.GetDirectoryName(page)!;
                Assert.That(MarkdownPage.Read(page).LocalLinks().Where(link => !RepositoryFiles.Has(Path.Combine(folder, link))), Is.Empty, page);
            }
        }
    }

    [Test]
    public void Errors_Table_HasEachFailureReasonWithItsAdvice() =>
        Assert.That(
            MarkdownPage.Read("docs/errors.md").Table("Reasons").Select(row => (row[0], row[2])),
            Is.EqualTo(Enum.GetValues<FailureReason>().Select(reason => (reason.ToString(), FailureAdvice.For(reason)))));

    [Test]
    public void Errors_Table_HasTheMeaningOfEachFailureReason() =>
        Assert.That(MarkdownPage.Read("docs/errors.md").Table("Reasons").Select(row => row[1]), Has.None.Empty);

    [Test]
    public void Limits_Table_HasEachLimitWithItsDefault() =>
        Assert.That(
            MarkdownPage.Read("docs/limits.md").Table("Limits of a verification").Select(row => (row[0], row[1])),
            Is.EquivalentTo(SettableProperties(typeof(VerificationLimits)).Select(p => (p.Name, Text(p.GetValue(VerificationLimits.Default))))));

    [Test]
    public void Limits_UpgradeTable_HasEachLimitWithItsDefault() =>
        Assert.That(
            MarkdownPage.Read("docs/limits.md").Table("Limits of an upgrade").Select(row => (row[0], row[1])),
            Is.EquivalentTo(SettableProperties(typeof(StartTlsOptions)).Where(p => p.PropertyType == typeof(int) || p.PropertyType == typeof(TimeSpan)).Select(p => (p.Name, Text(p.GetValue(StartTlsOptions.Default))))));

    [Test]
    public void StartTls_Protocols_AreThoseOfTheCodeWithNameAndPort() =>
        Assert.That(
            MarkdownPage.Read("docs/starttls.md").Table("Protocols").Select(row => (row[0], row[1], row[2])),
            Is.EqualTo(Enum.GetValues<StartTlsProtocol>().Select(p => (p.ToString(), StartTlsNames.Of(p), $"{StartTls.GetDefaultPort(p)}"))));

    [Test]
    public void StartTls_Errors_AreTheReasonsOfTheCode() =>
        Assert.That(MarkdownPage.Read("docs/starttls.md").Table("Errors").Select(row => row[0]), Is.EqualTo(Enum.GetNames<StartTlsFailureReason>()));

    [Test]
    [Platform(Include = "Linux", Reason = "CreateDefault() has a verifier on Linux only.")]
    public void Readme_Settings_AreThePropertiesOfAContextWithTheirDefaults() =>
        Assert.That(
            MarkdownPage.Read("README.md").Table("Settings").Select(row => (row[0], row[1])),
            Is.EquivalentTo(SettableProperties(typeof(TlsContext)).Select(p => (p.Name, Text(p.GetValue(TlsContext.CreateDefault()))))));

    [Test]
    public async Task Readme_Tool_HasTheCommandsThatTheToolLists()
    {
        await using var output = new StringWriter();
        var environment = new CliEnvironment { Console = Substitute.For<IAnsiConsole>(), Out = output, Error = output };

        var exitCode = await CliProgram.RunAsync(["--help"], environment);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(
                MarkdownPage.Read("README.md").Table("The tool").Select(row => row[0].Split(' ')[1]),
                Is.EqualTo(ListedCommand().Matches(output.ToString().Split("Commands:")[1]).Select(m => m.Groups["name"].Value)));
        }
    }

    [Test]
    public void CiRun_TestAndDemo_AreTheCommandsOfTheReadme()
    {
        var commands = MarkdownPage.Read("README.md").Blocks("sh").SelectMany(block => block.Split('\n')).ToList();
        var script = RepositoryFiles.Read(".ci/run");

        using (Assert.EnterMultipleScope())
        {
            foreach (var command in new[] { "dotnet test", "dotnet run --project Truststore.Cli -- demo" })
            {
                Assert.That(commands, Does.Contain(command));
                Assert.That(script, Does.Match($@"(?m)^(check|   ) {command}( 2>&1 \| tee ""\$report"")?$"));
            }
        }
    }

    [Test]
    public void Changelog_FirstSection_IsTheVersionOfTheBuild()
    {
        var version = XDocument.Parse(RepositoryFiles.Read("Directory.Build.props")).Descendants("VersionPrefix").Single().Value;

        var first = RepositoryFiles.Read("CHANGELOG.md").Split('\n').First(line => line.StartsWith("## ", StringComparison.Ordinal));

        Assert.That(first, Does.StartWith($"## [{version}]"));
    }

    private static IEnumerable<PropertyInfo> SettableProperties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true });

    [GeneratedRegex(@"^  (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListedCommand();

    private static string Text(object? value) => value switch
    {
        null => "null",
        bool boolean => boolean ? "true" : "false",
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        TimeSpan duration => $"{duration.TotalSeconds} s",
        VerificationLimits limits when limits == VerificationLimits.Default => "VerificationLimits.Default",
        TimeProvider clock when clock == TimeProvider.System => "TimeProvider.System",
        _ => $"{value}",
    };
}
