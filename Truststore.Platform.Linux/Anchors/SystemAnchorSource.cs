using System.Globalization;

namespace Truststore.Platform.Linux;

/// <summary>Holds the system's anchors and swaps them for new ones, in the background and all at once, when their files change. Thread-safe.</summary>
internal sealed class SystemAnchorSource : IThreadPoolWorkItem
{
    /// <summary>
    /// How often the files are looked at, at most, while one of them seems to be in the middle of being written.
    /// </summary>
    private static readonly TimeSpan s_unfinishedInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The pause before the first reading is repeated because a file seems to be in the middle of being written.
    /// </summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private const int Pauses = 4;

    private const long NoCheck = long.MinValue;

    private static readonly Lock s_gate = new();
    private static SystemAnchorSource? s_default;

    private readonly AnchorDiscovery _discovery;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _checkInterval;
    private volatile AnchorSnapshot _snapshot;
    private long _lastCheck;

    // When the check that is queued or running was started.
    private long _checkStart = NoCheck;

    /// <exception cref="SystemAnchorsNotFoundException">There are no anchors.</exception>
    internal SystemAnchorSource(AnchorDiscovery discovery, TimeProvider timeProvider, TimeSpan checkInterval)
    {
        _discovery = discovery;
        _timeProvider = timeProvider;
        _checkInterval = checkInterval;
        _lastCheck = timeProvider.GetTimestamp();
        var found = DiscoverFirst();
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
            var snapshot = _snapshot;
            if (_timeProvider.GetElapsedTime(last, now) >= IntervalAfter(snapshot)
                && Interlocked.CompareExchange(ref _lastCheck, now, last) == last
                && Interlocked.CompareExchange(ref _checkStart, now, NoCheck) == NoCheck)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }

            return snapshot.Index;
        }
    }

    internal AnchorSnapshot Snapshot => _snapshot;

    /// <summary>Whether a check is queued or running.</summary>
    internal bool IsChecking => Volatile.Read(ref _checkStart) != NoCheck;

    /// <summary>
    /// How long the check that is queued or running has taken; zero if there is none. A check does not end while a file
    /// system does not answer.
    /// </summary>
    internal TimeSpan CheckingFor =>
        Volatile.Read(ref _checkStart) is var start && start != NoCheck ? _timeProvider.GetElapsedTime(start) : TimeSpan.Zero;

    /// <summary>Looks at the files, in the background.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            CheckForChanges();
        }
        finally
        {
            Volatile.Write(ref _checkStart, NoCheck);
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

            var found = _discovery.Discover(old.Found, now);
            if (!_discovery.Inspect(count, now).IsSameAs(stamp))
            {
                return; // Somebody is writing; the next check will see the whole.
            }

            var next = found.Entries.Count == 0
                ? old with { Failure = found, FailedAt = now, Problem = null }
                : Replace(old, found, now);
            _snapshot = next with { Stamp = found.Readings.Count == count && stamp.AreAllSettled && !found.IsUnreadable ? stamp : null };
        }
        catch (Exception error)
        {
            // Files come and go while they are looked at, and whatever happens must not end the process. The old anchors are still good, and the next check tries again.
            _snapshot = old with { Stamp = null, Problem = error.Message };
        }
    }

    /// <summary>
    /// Reads the files for the first time; a few times more if one seems to be in the middle of being written.
    /// </summary>
    private DiscoveredAnchors DiscoverFirst()
    {
        var found = _discovery.Discover();
        for (var i = 0; i < Pauses && found.IsWorthAnotherLook; i++)
        {
            Pause();
            found = _discovery.Discover();
        }

        return found;
    }

    private void Pause()
    {
        var gate = new object();
        var isOver = false;
        lock (gate)
        {
            using var timer = _timeProvider.CreateTimer(
                _ =>
                {
                    lock (gate)
                    {
                        isOver = true;
                        Monitor.Pulse(gate);
                    }
                },
                state: null,
                s_pause,
                Timeout.InfiniteTimeSpan);
            while (!isOver)
            {
                Monitor.Wait(gate);
            }
        }
    }

    private TimeSpan IntervalAfter(AnchorSnapshot snapshot) =>
        snapshot.Found.IsUnfinished && s_unfinishedInterval < _checkInterval ? s_unfinishedInterval : _checkInterval;

    private static AnchorSnapshot Replace(AnchorSnapshot old, DiscoveredAnchors found, DateTimeOffset now)
    {
        var index = Renew(old.Index, found.Entries);

        // Anchors that stay because their file is incomplete were read earlier.
        return new AnchorSnapshot(index, found, found.IsUnfinished && index == old.Index ? old.LoadedAt : now);
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
