using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Truststore.Trust;

/// <summary>
/// Adds fields to a hash with their lengths, so that different sequences of fields are never the same octets.
/// </summary>
internal static class HashFields
{
    /// <summary>Adds the length of a field, then its octets. An absent field differs from an empty one.</summary>
    internal static void AppendField(this IncrementalHash hash, ReadOnlySpan<byte> octets, bool isAbsent = false)
    {
        hash.AppendNumber(isAbsent ? -1 : octets.Length);
        hash.AppendData(octets);
    }

    /// <summary>Adds a number: how many fields follow, or which kind.</summary>
    internal static void AppendNumber(this IncrementalHash hash, int number)
    {
        Span<byte> octets = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(octets, number);
        hash.AppendData(octets);
    }
}
