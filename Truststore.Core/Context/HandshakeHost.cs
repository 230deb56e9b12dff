using System.Net.Security;

namespace Truststore;

/// <summary>Which host a handshake's server must prove to be.</summary>
/// <param name="Reference">The host, or null where there is none.</param>
/// <param name="Error">Why there is none although the stream has a target host.</param>
internal readonly record struct HandshakeHost(ReferenceIdentifier? Reference, string? Error = null)
{
    /// <summary>The host that the program named for this very callback, whatever the stream's target host is; else the stream's.</summary>
    internal static HandshakeHost Of(ReferenceIdentifier? expected, SslStream? stream) =>
        expected is not null ? new HandshakeHost(expected) : OfTarget(null, stream);

    /// <summary>
    /// The stream's target host, which is the one that the options were made for unless the caller or HttpClient has set
    /// another one.
    /// </summary>
    /// <param name="parsed">The host that the options were made for.</param>
    /// <param name="stream">The stream, where the caller of the callback is one.</param>
    internal static HandshakeHost OfTarget(ReferenceIdentifier? parsed, SslStream? stream)
    {
        if (stream is null || string.Equals(stream.TargetHostName, parsed?.Value, StringComparison.Ordinal))
        {
            return new HandshakeHost(parsed);
        }

        if (string.IsNullOrEmpty(stream.TargetHostName))
        {
            return default;
        }

        var reference = ReferenceIdentifier.TryRead(stream.TargetHostName, out var error);
        return new HandshakeHost(reference, error);
    }
}
