namespace Truststore.Platform.Linux;

/// <summary>Finds the system's anchors under a root folder.</summary>
/// <remarks>
/// SSL_CERT_FILE and SSL_CERT_DIR come first. When one of them is set, what they name is all that counts, and when that is unusable there are no anchors: whoever narrows trust down
/// must not get the whole system's because of a typing error. (OpenSSL keeps its default directory beside SSL_CERT_FILE, and its default file beside SSL_CERT_DIR, so that on
/// Debian neither of them alone takes any trust away; this reads them as they are meant.) Both together add up, as for OpenSSL. An empty variable counts as not set.
/// Without them the first of <see cref="KnownAnchorLocations"/> that yields an anchor is the system's store; several are never merged.
/// The variables are read once, at construction.
/// </remarks>
internal sealed class AnchorDiscovery
{
    private const string FileVariable = "SSL_CERT_FILE";
    private const string DirectoryVariable = "SSL_CERT_DIR";

    private readonly string _root;
    private readonly List<AnchorLocation> _locations = [];

    internal AnchorDiscovery(string root = "/", Func<string, string?>? environment = null)
    {
        _root = root.TrimEnd('/');
        environment ??= Environment.GetEnvironmentVariable;
        var file = environment(FileVariable);
        var directories = environment(DirectoryVariable);
        IsSetByVariables = !string.IsNullOrEmpty(file) || !string.IsNullOrEmpty(directories);
        if (IsSetByVariables)
        {
            AddVariables(file, directories);
        }
        else
        {
            AddKnown(KnownAnchorLocations.Bundles, isDirectory: false);
            AddKnown(KnownAnchorLocations.HashedDirectories, isDirectory: true);
        }
    }

    /// <summary>Whether the environment says where the anchors are.</summary>
    internal bool IsSetByVariables { get; }

    /// <summary>Looks for anchors and reads them.</summary>
    /// <param name="previous">What was read before, and stays where a file is being written; null at the first
    /// time.</param>
    /// <param name="now">The time.</param>
    internal DiscoveredAnchors Discover(DiscoveredAnchors? previous = null, DateTimeOffset now = default)
    {
        var reader = new AnchorFileReader(previous, now);
        var readings = new List<AnchorReading>();
        var entries = new List<AnchorEntry>();
        foreach (var location in _locations)
        {
            var reading = new AnchorReading(location);
            readings.Add(reading);
            if (location.IsDirectory)
            {
                reader.ReadDirectory(reading);
            }
            else
            {
                reader.Read(reading);
            }

            entries.AddRange(reading.Entries);
            if (entries.Count > 0 && !IsSetByVariables)
            {
                break;
            }
        }

        return new DiscoveredAnchors(readings, entries);
    }

    /// <summary>Says what the first locations look like, without reading them.</summary>
    internal AnchorStamp Inspect(int count, DateTimeOffset now)
    {
        var stamp = new AnchorStamp(now);
        for (var i = 0; i < count; i++)
        {
            stamp.Add(_locations[i]);
        }

        return stamp;
    }

    private void AddVariables(string? file, string? directories)
    {
        if (!string.IsNullOrEmpty(file))
        {
            // A colon may be part of a file's name; OpenSSL knows lists of directories only.
            var origin = file.Contains(':', StringComparison.Ordinal) ? FileVariable + " (names one file, not a list)" : FileVariable;
            _locations.Add(new AnchorLocation(Place(file), IsDirectory: false, origin));
        }

        if (!string.IsNullOrEmpty(directories))
        {
            foreach (var directory in directories.Split(':', StringSplitOptions.RemoveEmptyEntries))
            {
                _locations.Add(new AnchorLocation(Place(directory), IsDirectory: true, DirectoryVariable));
            }
        }
    }

    private void AddKnown(string table, bool isDirectory)
    {
        foreach (var line in table.Split('\n'))
        {
            var parts = line.Split("  ");
            _locations.Add(new AnchorLocation(_root + parts[0], isDirectory, parts[1]));
        }
    }

    private string Place(string path) => _root + Path.GetFullPath(path);
}
