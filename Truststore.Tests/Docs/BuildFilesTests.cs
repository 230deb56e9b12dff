using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Truststore.Tests.Docs;

/// <summary>What a build takes from elsewhere: actions, packages, and what is known against them.</summary>
internal sealed partial class BuildFilesTests
{
    private static readonly string[] s_properties = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    private static readonly string[] s_auditSettings = ["NuGetAudit=true", "NuGetAuditMode=all", "NuGetAuditLevel=low"];

    private static readonly string[] s_suppressed =
    [
        "https://github.com/advisories/GHSA-8xfc-gm6g-vgpv",
        "https://github.com/advisories/GHSA-v435-xc8x-wvr9",
        "https://github.com/advisories/GHSA-m44j-cfrm-g8qc",
    ];

    /// <summary>A tag can be moved to other code; the hash of a commit cannot.</summary>
    [Test]
    public void Workflows_Actions_ArePinnedByTheHashOfACommit()
    {
        var lines = RepositoryFiles.In(".github/workflows", ".yml").SelectMany(file => RepositoryFiles.Read(file).Split('\n'));
        var uses = lines.Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.That(uses, Is.Not.Empty);
        Assert.That(uses.Where(line => !PinnedAction().IsMatch(line)), Is.Empty);
    }

    [Test]
    public void Audit_Advisories_AreSuppressedOneByOneWithTheReason()
    {
        var suppressed = Xml("Directory.Packages.props").Descendants("NuGetAuditSuppress").ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(suppressed.Select(item => item.Attribute("Include")?.Value), Is.EqualTo(s_suppressed));
            Assert.That(suppressed.Select(item => (item.PreviousNode as XComment)?.Value), Has.All.Contains("CVE-"));
        }
    }

    [Test]
    public void Audit_AllProjects_AreAudited()
    {
        var projects = Xml("Truststore.slnx").Descendants("Project").Select(project => project.Attribute("Path")!.Value);
        var settings = s_properties.Concat(projects)
            .SelectMany(file => Xml(file).Descendants())
            .Where(element => element.Name.LocalName is "NuGetAudit" or "NuGetAuditMode" or "NuGetAuditLevel" or "NoWarn")
            .Select(element => $"{element.Name}={element.Value}");

        Assert.That(settings, Is.EquivalentTo(s_auditSettings));
    }

    /// <summary>The workflow restores from nuget.org, whatever other sources the machine knows.</summary>
    [Test]
    public void Workflow_PackageSources_AreMapped()
    {
        var configuration = Xml(".github/nuget.config").Root!;
        var workflow = RepositoryFiles.Read(".github/workflows/ci.yml");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Entries("packageSources"), Is.EqualTo(new[] { "clear  ", "add nuget.org https://api.nuget.org/v3/index.json" }));
            Assert.That(Entries("packageSourceMapping"), Is.EqualTo(new[] { "clear  ", "packageSource nuget.org " }));
            Assert.That(configuration.Descendants("package").Select(package => package.Attribute("pattern")?.Value), Is.EqualTo(new[] { "*" }));
            Assert.That(workflow, Does.Contain("RestoreConfigFile: ${{ github.workspace }}/.github/nuget.config"));
        }

        IEnumerable<string> Entries(string section) =>
            configuration.Element(section)!.Elements().Select(entry => $"{entry.Name} {entry.Attribute("key")?.Value} {entry.Attribute("value")?.Value}");
    }

    private static XDocument Xml(string path) => XDocument.Parse(RepositoryFiles.Read(path));

    [GeneratedRegex(@"^\s*- uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex PinnedAction();
}
