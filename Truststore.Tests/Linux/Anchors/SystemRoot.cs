using System.Diagnostics;
using System.Net.Sockets;
using Truststore.Platform.Linux;

namespace Truststore.Tests.Linux.Anchors;

/// <summary>A folder to take for the root of a file system; goes with its test. Each file is written a second after the one before, long before <see cref="SampleAnchors.Now"/>.</summary>
internal sealed class SystemRoot : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("truststore-root-");
    private DateTime _clock = SampleAnchors.Now.UtcDateTime.AddDays(-30);

    internal string FullName => _folder.FullName;

    internal string PathOf(string path) => _folder.FullName + path;

    internal void Write(string path, params IEnumerable<CertificateInfo> certificates) => WriteText(path, SampleAnchors.Pem(certificates));

    internal void WriteText(string path, string text)
    {
        File.WriteAllText(Prepare(path), text);
        _clock = _clock.AddSeconds(1);
        File.SetLastWriteTimeUtc(PathOf(path), _clock);
    }

    /// <summary>Writes a file of zeros that takes no room.</summary>
    internal void WriteSparse(string path, long length)
    {
        using var file = File.Create(Prepare(path));
        file.SetLength(length);
    }

    /// <summary>Makes or changes a symbolic link.</summary>
    internal void Link(string path, string target)
    {
        File.Delete(Prepare(path));
        File.CreateSymbolicLink(PathOf(path), target);
    }

    /// <summary>Makes a FIFO, which nothing writes to.</summary>
    internal void MakePipe(string path)
    {
        using var program = Process.Start(new ProcessStartInfo("mkfifo", [Prepare(path)]) { UseShellExecute = false })!;
        program.WaitForExit();
        Assert.That(program.ExitCode, Is.Zero, "mkfifo");
    }

    /// <summary>Makes a socket, as programs that listen leave them behind.</summary>
    internal void MakeSocket(string path)
    {
        // The path of a socket is short, and that of a test's folder may not be.
        var link = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.CreateSymbolicLink(link, Path.GetDirectoryName(Prepare(path))!);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(link, "socket")));
        File.Move(Path.Combine(link, "socket"), PathOf(path));
        File.Delete(link);
    }

    internal void MakeDirectory(string path) => Directory.CreateDirectory(PathOf(path));

    internal void Move(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    internal void Delete(string path) => File.Delete(PathOf(path));

    /// <summary>Looks for anchors here, with the given variables.</summary>
    internal AnchorDiscovery Discovery(string? file = null, string? directory = null) => new(FullName, name => name switch
    {
        "SSL_CERT_FILE" => file,
        "SSL_CERT_DIR" => directory,
        _ => null,
    });

    public void Dispose() => _folder.Delete(recursive: true);

    private string Prepare(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        return PathOf(path);
    }
}
