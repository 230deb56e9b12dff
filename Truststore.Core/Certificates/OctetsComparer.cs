using System.Diagnostics.CodeAnalysis;

namespace Truststore.Certificates;

/// <summary>Compares octet strings by content.</summary>
internal sealed class OctetsComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    internal static readonly OctetsComparer Instance = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(obj.Span);
        return hash.ToHashCode();
    }
}
