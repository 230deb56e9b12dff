namespace Truststore.Platform.Linux;

/// <summary>The anchors of a Linux distribution: those that OpenSSL trusts, or those in the distribution's well-known places.</summary>
/// <remarks>
/// When <c>SSL_CERT_FILE</c> (one PEM file) or <c>SSL_CERT_DIR</c> (directories as <c>openssl rehash</c> makes them, separated by colons) is set, only what they name counts. Otherwise
/// the first well-known place that holds a certificate does. Changes of the files are noticed in the background within seconds.
/// </remarks>
public sealed class LinuxSystemAnchors : SystemAnchors
{
    private readonly SystemAnchorSource _source;

    /// <summary>Describes this machine's anchors. Finds and reads them when nothing in the process has done so yet.</summary>
    /// <exception cref="SystemAnchorsNotFoundException">There are no anchors, or the environment variables name none.</exception>
    public LinuxSystemAnchors()
        : this(SystemAnchorSource.Default)
    {
    }

    internal LinuxSystemAnchors(SystemAnchorSource source) => _source = source;

    /// <inheritdoc/>
    public override SystemAnchorsDescription Describe()
    {
        _ = _source.Current;
        var snapshot = _source.Snapshot;
        var tried = new List<SystemAnchorsSource>();
        var sources = new List<SystemAnchorsSource>();
        foreach (var reading in snapshot.Found.Readings)
        {
            var described = reading.Describe();
            tried.Add(described);
            if (described.Count > 0)
            {
                sources.Add(described);
            }
        }

        if (snapshot.Failure is { } failure)
        {
            foreach (var reading in failure.Readings)
            {
                var described = reading.Describe();
                tried.Add(described with { Remark = $"{described.Remark}; read again at {snapshot.FailedAt:u}: as nothing usable was left, the anchors of {snapshot.LoadedAt:u} stay in use" });
            }
        }

        if (snapshot.Problem is { } problem)
        {
            tried.Add(tried[^1] with { Remark = $"{tried[^1].Remark}; looking for changes failed: {problem}" });
        }

        return new SystemAnchorsDescription(List(snapshot).Count, sources, tried, snapshot.LoadedAt, snapshot.Index.Generation);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TrustAnchor> List() => List(_source.Snapshot);

    private static List<TrustAnchor> List(AnchorSnapshot snapshot)
    {
        var anchors = new List<TrustAnchor>();
        foreach (var entry in snapshot.Index.Entries)
        {
            if (entry.Anchor is { } anchor)
            {
                anchors.Add(anchor);
            }
        }

        return anchors;
    }
}
