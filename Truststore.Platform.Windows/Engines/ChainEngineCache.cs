using Truststore.Platform.Windows.Interop;

namespace Truststore.Platform.Windows.Engines;

/// <summary>Keeps an engine for each of the sets of anchors that were used last: making one costs more than a verification. Thread-safe.</summary>
internal sealed class ChainEngineCache(ICryptoApi api)
{
    /// <summary>How many engines are kept; the one that was not used for the longest time goes first.</summary>
    internal const int Capacity = 16;

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Key, ChainEngine Engine)> _engines = new();

    /// <summary>Gives the engine for the anchors of a request, to be disposed of behind its use.</summary>
    /// <param name="request">The request.</param>
    /// <param name="anchors">Those of its added anchors that count.</param>
    /// <exception cref="NativeCallException">A function failed.</exception>
    internal ChainEngine Rent(ChainVerificationRequest request, IReadOnlyList<CertificateInfo> anchors)
    {
        var key = $"{Convert.ToHexString(request.AddedAnchors.ContentHash.Span)} {request.Purpose} {request.HasFlag(TlsVerifyFlags.X509PartialChain)}";
        lock (_lock)
        {
            if (Find(key) is { } known)
            {
                return known;
            }
        }

        // Outside the lock: two threads may make the same engine, and one of the two is given up.
        var created = ChainEngine.Create(api, anchors);
        lock (_lock)
        {
            if (Find(key) is { } other)
            {
                created.Dispose();
                return other;
            }

            created.TryAddUser();
            _engines.AddFirst((key, created));
            if (_engines.Count > Capacity)
            {
                _engines.Last!.Value.Engine.Dispose();
                _engines.RemoveLast();
            }

            return created;
        }
    }

    private ChainEngine? Find(string key)
    {
        for (var node = _engines.First; node is not null; node = node.Next)
        {
            if (string.Equals(node.Value.Key, key, StringComparison.Ordinal) && node.Value.Engine.TryAddUser())
            {
                _engines.Remove(node);
                _engines.AddFirst(node);
                return node.Value.Engine;
            }
        }

        return null;
    }
}
