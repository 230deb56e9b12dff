using Truststore.Cli.Demo;
using Truststore.Tests.Core.Trust;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Servers;

/// <summary>The folder of one server: its configuration, its data, its certificate. Goes with the server.</summary>
internal sealed class ServerFolder : IDisposable
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly TemporaryDirectory _directory = new();

    /// <param name="sentChain">What the server sends, its own certificate first.</param>
    internal ServerFolder(IReadOnlyList<IssuedCertificate> sentChain)
    {
        SetMode(FullName, ForAll);
        CertificateFile = Write("server.pem", string.Concat(sentChain.Select(c => c.ExportPem())));
        KeyFile = Write("server.key", sentChain[0].ExportKeyPem());
        SetMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    internal string FullName => _directory.FullName;

    /// <summary>The server's certificate and what it sends besides, PEM.</summary>
    internal string CertificateFile { get; }

    /// <summary>The private key, PEM; readable for the folder's owner only.</summary>
    internal string KeyFile { get; }

    internal string PathOf(string name) => _directory.PathOf(name);

    internal string Write(string name, string text) => _directory.Write(name, text);

    internal string CreateFolder(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    /// <summary>Makes the user who runs the server the owner of everything.</summary>
    internal Task GiveToAsync(string user) => Commands.RunAsync(ChildProcess.Require("chown"), "-R", user, FullName);

    public void Dispose() => _directory.Dispose();

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
