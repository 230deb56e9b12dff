using System.Collections.Concurrent;

namespace Truststore.Tests.Windows.Seam;

/// <summary>The handles that were opened and not released yet.</summary>
internal sealed class OpenHandles
{
    private readonly ConcurrentDictionary<nint, string> _open = new();
    private int _last;

    internal IEnumerable<string> Kinds => _open.Values.Order(StringComparer.Ordinal);

    internal nint Add(string kind)
    {
        nint handle = Interlocked.Increment(ref _last);
        _open[handle] = kind;
        return handle;
    }

    internal bool Remove(nint handle) => _open.TryRemove(handle, out _);
}
