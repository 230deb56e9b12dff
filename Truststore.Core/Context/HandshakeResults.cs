using System.Net.Security;
using System.Runtime.CompilerServices;

namespace Truststore;

/// <summary>Remembers the verdict of a handshake for as long as its stream lives.</summary>
internal static class HandshakeResults
{
    private static readonly ConditionalWeakTable<SslStream, ChainVerificationResult> s_results = [];

    internal static void Remember(SslStream stream, ChainVerificationResult result) => s_results.AddOrUpdate(stream, result);

    internal static ChainVerificationResult? Find(SslStream stream) => s_results.TryGetValue(stream, out var result) ? result : null;
}
