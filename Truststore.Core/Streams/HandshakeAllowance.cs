namespace Truststore.Streams;

/// <summary>
/// How many more bytes a peer may send before it is verified (<see cref="VerificationLimits.MaxHandshakeSize"/>). Of no
/// effect once the handshake is done.
/// </summary>
/// <remarks>
/// .NET builds a chain of what the peer has sent before it calls the callback, and the limits of a verification begin there.
/// Certificates with large RSA exponents make that costly; fewer bytes are fewer certificates.
/// </remarks>
internal sealed class HandshakeAllowance(int bytes)
{
    private int _left = bytes;
    private volatile bool _isLifted;

    /// <summary>Whether reads need not be counted any more.</summary>
    internal bool IsLifted => _isLifted;

    /// <summary>Ends the counting: the peer is verified.</summary>
    internal void Lift() => _isLifted = true;

    /// <summary>Called before a read.</summary>
    /// <exception cref="HandshakeTooLargeException">The peer has sent what it may.</exception>
    internal void ThrowIfUsedUp()
    {
        if (!_isLifted && _left <= 0)
        {
            throw new HandshakeTooLargeException();
        }
    }

    /// <summary>Called after a read.</summary>
    internal void Take(int count) => _left -= count;
}
