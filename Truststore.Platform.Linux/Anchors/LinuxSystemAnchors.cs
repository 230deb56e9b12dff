using System.Globalization;

namespace Truststore.Platform.Linux;

/// <summary>The anchors of a Linux distribution: those that OpenSSL trusts, or those in the distribution's well-known places.</summary>
/// <remarks>
/// When <c>SSL_CERT_FILE</c> (one PEM file) or <c>SSL_CERT_DIR</c> (directories as <c>openssl rehash</c> makes them, separated by colons) is set, only what they name counts. Otherwise
/// the first well-known place that holds a certificate does. Changes of the files are noticed in the background within seconds.
/// <para>
/// Only regular files are read, also through links; pipes, sockets and devices are skipped. A file that becomes
/// unreadable or empty, or ends within a PEM block, keeps the anchors that it had before, because it may be in the
/// middle of being written. It is read again every second, and other files are taken over meanwhile. At the first
/// reading its complete blocks are used. <see cref="Describe"/> tells about all of these, and about a file system that
/// does not answer.
/// </para>
/// <para>
/// Several entries for one certificate become one anchor: it is distrusted for the usages that any entry rejects, and
/// trusted for the usages that all entries trust. A rejection by the system's anchors or by added ones
/// (<see cref="TlsContext.LoadVerifyLocations(string?, string?, string?)"/>) counts against both.
/// </para>
/// </remarks>
public sealed class LinuxSystemAnchors : SystemAnchors
{
    /// <summary>A check for changes that takes longer is reported.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

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

        if (_source.CheckingFor is var duration && duration >= s_patience)
        {
            tried.Add(tried[^1] with
            {
                Remark = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{tried[^1].Remark}; looking for changes has not come to an end for {(long)duration.TotalSeconds} seconds,"
                    + $" perhaps because a file system does not answer: the anchors of {snapshot.LoadedAt:u} stay in use"),
            });
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
