using System.Net.Security;
using System.Runtime.CompilerServices;

namespace Truststore;

/// <summary>
/// Remembers what came of verifying the peer of a stream, for as long as the stream lives: the verdict of the last time that
/// the peer presented certificates.
/// </summary>
internal static class HandshakeResults
{
    private static readonly ConditionalWeakTable<SslStream, HandshakeOutcome> s_outcomes = [];

    internal static void Remember(SslStream? stream, HandshakeOutcome outcome)
    {
        if (stream is not null)
        {
            s_outcomes.AddOrUpdate(stream, outcome);
        }
    }

    internal static HandshakeOutcome? Find(SslStream stream) => s_outcomes.TryGetValue(stream, out var outcome) ? outcome : null;
}
