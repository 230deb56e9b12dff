using System.Security.Cryptography;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Cli;

/// <summary>
/// The revocation lists that <c>--cafile</c> and <c>--capath</c> load count in <c>truststore verify</c> as they do
/// in a handshake.
/// </summary>
[Platform(Exclude = "MacOsX", Reason = "SecTrust takes no revocation lists.")]
internal sealed class VerifyRevocationTests
{
    private readonly TemporaryDirectory _directory = new();

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    [Test]
    public async Task Verify_CaFileWithList_RejectsTheRevokedCertificate()
    {
        var run = await VerifyAsync("--cafile", _directory.Write("trust.pem", CliPki.Ca.RootPem + ListPem(CliPki.Server)));

        AssertRevoked(run);
    }

    [Test]
    public async Task Verify_CaFileWithListInDer_RejectsTheRevokedCertificate()
    {
        var root = _directory.Write("root.pem", CliPki.Ca.RootPem);
        var list = _directory.Write("list.crl", List(CliPki.Server));

        var run = await VerifyAsync("--cafile", root, "--cafile", list);

        AssertRevoked(run);
    }

    [TestCase("root.pem", "list.crl")]
    [TestCase("5ed36f99.0", "5ed36f99.r0")]
    public async Task Verify_CaPathWithList_RejectsTheRevokedCertificate(string root, string list)
    {
        _directory.Write(root, CliPki.Ca.RootPem);
        _directory.Write(list, ListPem(CliPki.Server));

        var run = await VerifyAsync("--capath", _directory.Path);

        AssertRevoked(run);
    }

    [Test]
    public async Task Verify_ListThatNamesAnother_TrustsTheCertificate()
    {
        var other = CliPki.Ca.Issue(CliPki.Ca.ServerSpec("other.example.test"));

        var run = await VerifyAsync("--cafile", _directory.Write("trust.pem", CliPki.Ca.RootPem + ListPem(other)));

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
    }

    private static void AssertRevoked(CliRun run) => Assert.Multiple(() =>
    {
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Out + run.Error);
        Assert.That(run.Json.GetProperty("outcome").GetString(), Is.EqualTo("rejected"));
        Assert.That(run.Json.GetProperty("verdict").GetProperty("failures")[0].GetProperty("reason").GetString(), Is.EqualTo("Revoked"));
    });

    private async Task<CliRun> VerifyAsync(params string[] options) =>
        await CliRun.RunAsync(["verify", Chain(), "--host", CliPki.Host, "--no-system-anchors", "--json", .. options]);

    private string Chain() => _directory.Write("chain.txt", CliPki.Server.ExportChainPem());

    private static string ListPem(IssuedCertificate revoked) => PemEncoding.WriteString("X509 CRL", List(revoked)) + "\n";

    private static byte[] List(IssuedCertificate revoked) =>
        CliPki.Ca.Intermediate.CreateRevocationList(CliRun.Now.AddHours(-1), CliRun.Now.AddDays(7), revoked);
}
