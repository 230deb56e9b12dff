using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

/// <summary>SSL_CERT_FILE and SSL_CERT_DIR on a machine that has anchors of its own (the third) in every usual place.</summary>
internal sealed class AnchorVariablesTests : IDisposable
{
    private readonly SystemRoot _root = new();

    public AnchorVariablesTests()
    {
        _root.Write("/etc/ssl/cert.pem", Third);
        _root.Write("/etc/ssl/certs/5ed36f99.0", Third);
        _root.Write("/corp/first.pem", First);
        _root.Write("/corp/certs/0aaaaaaa.0", Second);
        _root.Write("/corp/more/0bbbbbbb.0", First);
        _root.WriteText("/corp/empty.pem", "");
    }

    private static IEnumerable<TestCaseData> Variables()
    {
        yield return Case("none", null, null, [Third]);
        yield return Case("both empty", "", "", [Third]);
        yield return Case("file", "/corp/first.pem", null, [First]);
        yield return Case("file, empty directory variable", "/corp/first.pem", "", [First]);
        yield return Case("directory", null, "/corp/certs", [Second]);
        yield return Case("list of directories", null, "/corp/certs:/corp/more", [Second, First]);
        yield return Case("list with empty items", null, ":/corp/certs::", [Second]);
        yield return Case("both", "/corp/first.pem", "/corp/certs", [First, Second]);
        yield return Case("good file, missing directory", "/corp/first.pem", "/corp/gone", [First]);
        yield return Case("missing file, good directory", "/corp/gone.pem", "/corp/certs", [Second]);
        yield return Case("the system's file", "/etc/ssl/cert.pem", null, [Third]);
        yield return Case("path with dots", "/corp/certs/../first.pem", null, [First]);

        // Never the system's instead of what was asked for.
        yield return Case("missing file", "/corp/gone.pem", null, []);
        yield return Case("empty file", "/corp/empty.pem", null, []);
        yield return Case("directory as file", "/corp/certs", null, []);
        yield return Case("file as directory", null, "/corp/first.pem", []);
        yield return Case("list of files", "/corp/first.pem:/corp/first.pem", null, []);
        yield return Case("list of nothing", null, ":", []);
        yield return Case("both missing", "/corp/gone.pem", "/corp/gone", []);
    }

    [TestCaseSource(nameof(Variables))]
    public void Discover_Variables_AreAllThatCounts(string? file, string? directory, CertificateInfo[] expected)
    {
        var found = _root.Discovery(file, directory).Discover();

        Assert.That(found.Entries.Select(e => e.Certificate), Is.EqualTo(expected));
    }

    [Test]
    public void Constructor_VariableNamesNothingUsable_SaysSoAndDoesNotFallBack()
    {
        var error = Assert.Throws<SystemAnchorsNotFoundException>(() => Open(_root.Discovery(file: "/corp/gone.pem")));

        Assert.That(error.Message, Does.Contain("SSL_CERT_FILE").And.Contain(_root.PathOf("/corp/gone.pem")).And.Contain("does not exist").And.Contain("unset"));
        Assert.That(error.Tried.Select(t => t.Location), Is.EqualTo([_root.PathOf("/corp/gone.pem")]));
    }

    [Test]
    public void Constructor_ListInFileVariable_SaysThatItNamesOneFile()
    {
        var error = Assert.Throws<SystemAnchorsNotFoundException>(() => Open(_root.Discovery(file: "/corp/first.pem:/corp/first.pem")));

        Assert.That(error.Message, Does.Contain("one file, not a list"));
    }

    [Test]
    public void Constructor_RelativePath_IsTakenFromTheCurrentDirectory()
    {
        var file = Path.GetRelativePath(Environment.CurrentDirectory, _root.PathOf("/corp/first.pem"));

        var source = Open(new AnchorDiscovery("/", name => name is "SSL_CERT_FILE" ? file : null));

        Assert.That(source.Current.Entries.Single().Certificate, Is.EqualTo(First));
    }

    public void Dispose() => _root.Dispose();

    private static TestCaseData Case(string name, string? file, string? directory, CertificateInfo[] expected) => new TestCaseData(file, directory, expected).SetArgDisplayNames(name);

    private static SystemAnchorSource Open(AnchorDiscovery discovery) => new(discovery, new ManualTimeProvider(Now), TimeSpan.FromSeconds(10));
}
