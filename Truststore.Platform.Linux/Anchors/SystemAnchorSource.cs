using System.Globalization;

namespace Truststore.Platform.Linux;

/// <summary>Holds the system's anchors and swaps them for new ones, in the background and all at once, when their files change. Thread-safe.</summary>
internal sealed class SystemAnchorSource : IThreadPoolWorkItem
{
    private static readonly Lock s_gate = new();
    private static SystemAnchorSource? s_default;

    private readonly AnchorDiscovery _discovery;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _checkInterval;
    private volatile AnchorSnapshot _snapshot;
    private long _lastCheck;
    private int _isChecking;

    /// <exception cref="SystemAnchorsNotFoundException">There are no anchors.</exception>
    internal SystemAnchorSource(AnchorDiscovery discovery, TimeProvider timeProvider, TimeSpan checkInterval)
    {
        _discovery = discovery;
        _timeProvider = timeProvider;
        _checkInterval = checkInterval;
        _lastCheck = timeProvider.GetTimestamp();
        var found = discovery.Discover();
        if (found.Entries.Count == 0)
        {
            throw Missing(found);
        }

        _snapshot = new AnchorSnapshot(new AnchorIndex(found.Entries, generation: 1), found, timeProvider.GetUtcNow());
    }

    /// <summary>The source of this process; the files are found and read on first use.</summary>
    /// <exception cref="SystemAnchorsNotFoundException">There are no anchors. The next use looks again.</exception>
    internal static SystemAnchorSource Default
    {
        get
        {
            if (Volatile.Read(ref s_default) is { } existing)
            {
                return existing;
            }

            lock (s_gate)
            {
                return s_default ??= new SystemAnchorSource(new AnchorDiscovery(), TimeProvider.System, DefaultCheckInterval);
            }
        }
    }

    /// <summary>How often the files are looked at, at most.</summary>
    internal static TimeSpan DefaultCheckInterval => TimeSpan.FromSeconds(10);

    /// <summary>The anchors. Does no I/O: when it is time to look at the files again, a background work item will.</summary>
    internal AnchorIndex Current
    {
        get
        {
            var last = Volatile.Read(ref _lastCheck);
            var now = _timeProvider.GetTimestamp();
            if (_timeProvider.GetElapsedTime(last, now) >= _checkInterval
                && Interlocked.CompareExchange(ref _lastCheck, now, last) == last
                && Interlocked.Exchange(ref _isChecking, 1) == 0)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }

            return _snapshot.Index;
        }
    }

    internal AnchorSnapshot Snapshot => _snapshot;

    /// <summary>Whether a check is queued or running.</summary>
    internal bool IsChecking => Volatile.Read(ref _isChecking) != 0;

    /// <summary>Looks at the files, in the background.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            CheckForChanges();
        }
        finally
        {
            Volatile.Write(ref _isChecking, 0);
        }
    }

    /// <summary>Looks at the files and reads them again if they have changed. Never throws. One thread at a time.</summary>
    internal void CheckForChanges()
    {
        var old = _snapshot;
        try
        {
            var now = _timeProvider.GetUtcNow();
            var count = (old.Failure ?? old.Found).Readings.Count;
            var stamp = _discovery.Inspect(count, now);
            if (old.Stamp is { } known && known.IsSameAs(stamp))
            {
                return;
            }

            var found = _discovery.Discover();
            if (!_discovery.Inspect(count, now).IsSameAs(stamp))
            {
                return; // Somebody is writing; the next check will see the whole.
            }

            var next = found.Entries.Count == 0
                ? old with { Failure = found, FailedAt = now, Problem = null }
                : new AnchorSnapshot(Renew(old.Index, found.Entries), found, now);
            _snapshot = next with { Stamp = found.Readings.Count == count && stamp.IsSettled ? stamp : null };
        }
        catch (Exception error)
        {
            // Files come and go while they are looked at, and whatever happens must not end the process. The old anchors are still good, and the next check tries again.
            _snapshot = old with { Stamp = null, Problem = error.Message };
        }
    }

    /// <summary>The old index when it still holds the same anchors, so that what is cached by it stays.</summary>
    private static AnchorIndex Renew(AnchorIndex old, List<AnchorEntry> entries)
    {
        var renewed = new AnchorIndex(entries, old.Generation + 1);
        if (renewed.Entries.Count != old.Entries.Count)
        {
            return renewed;
        }

        for (var i = 0; i < renewed.Entries.Count; i++)
        {
            if (!renewed.Entries[i].IsSameAs(old.Entries[i]))
            {
                return renewed;
            }
        }

        return old;
    }

    private SystemAnchorsNotFoundException Missing(DiscoveredAnchors found)
    {
        var tried = new List<SystemAnchorsSource>();
        var places = new System.Text.StringBuilder();
        foreach (var reading in found.Readings)
        {
            var source = reading.Describe();
            tried.Add(source);
            places.Append(CultureInfo.InvariantCulture, $"\n  {source.Location} ({source.Remark})");
        }

        var message = _discovery.IsSetByVariables
            ? $"No trust anchors: SSL_CERT_FILE or SSL_CERT_DIR is set, so only what they name counts, and no certificate was found there. Correct the variable, or unset it to use the system's anchors. Tried:{places}"
            : $"No trust anchors: this system has none in any known place. {KnownAnchorLocations.Packages}, or set SSL_CERT_FILE to a file of CA certificates in PEM. Tried:{places}";
        return new SystemAnchorsNotFoundException(message, tried);
    }
}
