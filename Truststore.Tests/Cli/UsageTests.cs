namespace Truststore.Tests.Cli;

internal sealed class UsageTests
{
    private static IEnumerable<TestCaseData> WrongArguments()
    {
        yield return Case("a command is missing");
        yield return Case("'chekc' is no command; there are check, verify, anchors, demo", "chekc", "example.test");
        yield return Case("HOST[:PORT]", "check");
        yield return Case("'y'", "check", "x.example.test", "y");
        yield return Case("give the host alone", "check", "https://example.test/");
        yield return Case("put an IPv6 address in brackets", "check", "2001:db8::1");
        yield return Case("without a closing one", "check", "[2001:db8::1");
        yield return Case("after the bracket", "check", "[2001:db8::1]443");
        yield return Case("from 1 to 65535", "check", "example.test:0");
        yield return Case("from 1 to 65535", "check", "example.test:65536");
        yield return Case("from 1 to 65535", "check", "example.test:+1");
        yield return Case("from 1 to 65535", "check", "example.test:");
        yield return Case("empty", "check", ":443");
        yield return Case("empty", "check", "");
        yield return Case("host", "check", "exa mple.test");
        yield return Case("no DNS name", "check", "@/etc/passwd");
        yield return Case("--timeout: '0' is no number of seconds", "check", "example.test", "--timeout", "0");
        yield return Case("--timeout: '-1' is no number of seconds", "check", "example.test", "--timeout", "-1");
        yield return Case("--timeout: 'ten' is no number of seconds", "check", "example.test", "--timeout", "ten");
        yield return Case("--min-tls: '1.1' is no TLS version on offer", "check", "example.test", "--min-tls", "1.1");
        yield return Case("no version is left", "check", "example.test", "--min-tls", "1.3", "--max-tls", "1.2");
        yield return Case("--alpn", "check", "example.test", "--alpn", "h2,,http/1.1");
        yield return Case("'h2' is there twice", "check", "example.test", "--alpn", "h2,h2");
        yield return Case("--servername", "check", "example.test", "--servername", "a..b");
        yield return Case("leaves nothing to trust", "check", "example.test", "--no-system-anchors");
        yield return Case("/no/such/file", "check", "example.test", "--cafile", "/no/such/file");
        yield return Case("/no/such/directory", "check", "example.test", "--capath", "/no/such/directory");
        yield return Case("'--nonsense'", "check", "example.test", "--nonsense");
        yield return Case("FILE", "verify");
        yield return Case("--host NAME is required", "verify", "chain.pem");
        yield return Case("FILE is empty", "verify", "", "--host", "example.test");
        yield return Case("--host", "verify", "chain.pem", "--host", "a..b");
        yield return Case("--host", "verify", "chain.pem", "--host", "@example.test");
        yield return Case("--time: 'yesterday' is no date or time", "verify", "chain.pem", "--host", "example.test", "--time", "yesterday");
        yield return Case("--purpose: 'both' is no purpose; they are server and client", "verify", "chain.pem", "--purpose", "both");
        yield return Case("exclude each other", "anchors", "--pem", "--json");
        yield return Case("SEARCH is empty", "anchors", "");
        yield return Case("'surplus'", "demo", "surplus");

        static TestCaseData Case(string expected, params string[] args) => new TestCaseData(expected, args).SetArgDisplayNames(args.Length == 0 ? "no arguments" : string.Join(' ', args.Select(a => $"'{a}'")));
    }

    [TestCaseSource(nameof(WrongArguments))]
    public async Task Run_WrongArguments_Returns64AndSaysWhatIsWrong(string expected, string[] args)
    {
        var run = await CliRun.RunAsync(args);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(64));
            Assert.That(run.Error, Does.StartWith("truststore: ").And.Contains(expected));
            Assert.That(run.Error, Does.Not.Contain("Parameter"));
            Assert.That(run.Out, Is.Empty);
        });
    }

    [TestCase("check", "HOST[:PORT]", "--cafile", "--servername", "no verdict", "truststore check example.com")]
    [TestCase("verify", "FILE", "--host", "--time", "--purpose", "rejected")]
    [TestCase("anchors", "SEARCH", "--pem", "--json", "nothing matches", "ISRG")]
    [TestCase("demo", "loopback", "every verdict", "one is not", "Exit codes:", "Examples:")]
    public async Task Run_Help_DescribesOptionsExitCodesAndExamples(string command, params string[] expected)
    {
        var run = await CliRun.RunAsync(command, "--help");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(expected.Where(e => !run.Out.Contains(e, StringComparison.Ordinal)), Is.Empty, run.Out);
        });
    }

    [Test]
    public async Task Run_RootHelp_ListsTheCommands()
    {
        var run = await CliRun.RunAsync("--help");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Out, Does.Contain("check <HOST[:PORT]>").And.Contains("verify <FILE>").And.Contains("anchors").And.Contains("demo"));
        });
    }
}
