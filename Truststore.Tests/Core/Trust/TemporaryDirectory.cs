namespace Truststore.Tests.Core.Trust;

/// <summary>A directory that goes with its test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("truststore-tests-");

    internal string FullName => _directory.FullName;

    internal string PathOf(string name) => Path.Combine(FullName, name);

    internal string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    internal string Write(string name, byte[] data)
    {
        var path = PathOf(name);
        File.WriteAllBytes(path, data);
        return path;
    }

    internal string Link(string name, string target)
    {
        var path = PathOf(name);
        File.CreateSymbolicLink(path, target);
        return path;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
