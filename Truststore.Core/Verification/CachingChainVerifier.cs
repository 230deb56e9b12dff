using System.Collections.Concurrent;
using Truststore.Diagnostics;

namespace Truststore;

/// <summary>Remembers which chains another verifier trusted, so that a peer that is met again costs next to nothing. Thread-safe.</summary>
/// <remarks>
/// <para>
/// Only trusted verdicts are remembered: an error may be gone when time or the network has changed something. A verdict answers the same question only: the same certificates, byte by byte,
/// name, purpose, flags, added anchors, revocation lists and limits, the same <see cref="IChainVerifier.TrustGeneration"/>; and only while every certificate of its path is valid and every revocation list current.
/// </para>
/// <para>
/// Bounded in count (<see cref="Capacity"/>) and in bytes (<see cref="MaxSize"/>; the oldest half goes when either is full),
/// and in age (<see cref="ChainVerificationRequest.MaxVerdictAge"/>, by <see cref="TimeProvider.GetTimestamp"/>, which
/// setting the clock does not move). What has expired, or rests on an older state of the trust store, is dropped when
/// another verdict is remembered, at most once a minute.
/// </para>
/// <para>
/// Keeps the certificates of the verified path and hashes of everything else: neither revocation lists nor anchor sets, nor
/// what a peer sent besides.
/// </para>
/// </remarks>
public sealed class CachingChainVerifier : IChainVerifier
{
    /// <summary>How old a verdict may be where a request does not say: 10 minutes.</summary>
    public static readonly TimeSpan DefaultMaxVerdictAge = TimeSpan.FromMinutes(10);

    /// <summary>The default of <see cref="Capacity"/>: 1,024 verdicts.</summary>
    public const int DefaultCapacity = 1024;

    /// <summary>How many bytes of certificates the verified paths of all verdicts may have together: 8 MiB.</summary>
    public const int MaxSize = 8 * 1024 * 1024;

    private static readonly TimeSpan s_sweepInterval = TimeSpan.FromMinutes(1);

    private readonly IChainVerifier _inner;
    private readonly TimeProvider _timeProvider;
    private readonly ConcurrentDictionary<VerdictKey, Verdict> _verdicts = new();
    private readonly Lock _trimming = new();

    // Counted here: ConcurrentDictionary.Count takes all its locks, and the first one of a process starts an event source, which costs more than a whole verification.
    private int _count;
    private long _size;
    private long _sweptAt;
    private long _sweptGeneration;

    /// <summary>Creates a cache around a verifier.</summary>
    /// <param name="inner">The verifier that judges.</param>
    /// <param name="capacity">How many verdicts are kept at most; 1 or more.</param>
    /// <param name="timeProvider">Tells the age of verdicts; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1.</exception>
    public CachingChainVerifier(IChainVerifier inner, int capacity = DefaultCapacity, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _inner = inner;
        Capacity = capacity;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _sweptAt = _timeProvider.GetTimestamp();
    }

    /// <summary>How many verdicts are kept at most.</summary>
    public int Capacity { get; }

    /// <summary>How many verdicts are kept now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public long TrustGeneration => _inner.TrustGeneration;

    /// <inheritdoc/>
    public ChainVerificationResult Verify(ChainVerificationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.MaxVerdictAge <= TimeSpan.Zero)
        {
            return _inner.Verify(request);
        }

        // Taken before the verdict is made: one made on an older store must not pass for one on the newer.
        var key = new VerdictKey(request, _inner.TrustGeneration);
        if (_verdicts.TryGetValue(key, out var verdict) && verdict.Answers(request, _timeProvider))
        {
            VerificationTelemetry.CountCacheHit();
            return verdict.Answer(request);
        }

        var result = _inner.Verify(request);
        if (result is { IsTrusted: true, IsVerified: true })
        {
            Remember(key.Detach(result.Path), new Verdict(request, result.Path, _timeProvider.GetTimestamp()));
        }

        return result;
    }

    /// <summary>Forgets all verdicts.</summary>
    public void Clear() => Remove(_verdicts.Keys);

    private void Remember(VerdictKey key, Verdict verdict)
    {
        if (verdict.Size > MaxSize / 2)
        {
            return;
        }

        Sweep(key.TrustGeneration);
        if (Count >= Capacity || Interlocked.Read(ref _size) + verdict.Size > MaxSize)
        {
            Trim();
        }

        while (!_verdicts.TryAdd(key, verdict))
        {
            Remove(key);
        }

        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _size, verdict.Size);
    }

    /// <summary>Drops what cannot answer a question any more, once a minute and when the trust store has changed.</summary>
    private void Sweep(long generation)
    {
        if (generation == Interlocked.Read(ref _sweptGeneration)
            && _timeProvider.GetElapsedTime(Interlocked.Read(ref _sweptAt)) < s_sweepInterval)
        {
            return;
        }

        Interlocked.Exchange(ref _sweptAt, _timeProvider.GetTimestamp());
        Interlocked.Exchange(ref _sweptGeneration, generation);
        foreach (var (key, verdict) in _verdicts)
        {
            if (key.TrustGeneration != generation || verdict.IsExpired(_timeProvider))
            {
                Remove(key);
            }
        }
    }

    private void Trim()
    {
        lock (_trimming)
        {
            if (Count >= Capacity || Interlocked.Read(ref _size) > MaxSize / 2)
            {
                Remove(_verdicts.ToArray().OrderBy(v => v.Value.MadeAt).Take((Count + 1) / 2).Select(v => v.Key));
            }
        }
    }

    private void Remove(IEnumerable<VerdictKey> keys)
    {
        foreach (var key in keys)
        {
            Remove(key);
        }
    }

    private void Remove(VerdictKey key)
    {
        if (_verdicts.TryRemove(key, out var removed))
        {
            Interlocked.Decrement(ref _count);
            Interlocked.Add(ref _size, -removed.Size);
        }
    }
}
