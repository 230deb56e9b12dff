using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.ExceptionServices;
using System.Security.Authentication;
using Truststore.Streams;

namespace Truststore;

/// <summary>
/// TLS without I/O: bytes of the peer go into one <see cref="MemoryBio"/>, bytes for the peer come out of another, and the program carries them. Python: <c>ssl.SSLObject</c>.
/// </summary>
/// <remarks>
/// <para>Made by <see cref="TlsContext.WrapBio(MemoryBio, MemoryBio, string?)"/>. Each call makes all the progress that the bytes at hand allow, on the caller's thread, and never waits; how the bytes are cut up
/// makes no difference. There are no exceptions for flow control: <see cref="TlsStatus.WantRead"/> says that more bytes are needed. After each call, send what waits in the outgoing queue.</para>
/// <para>
/// Not thread-safe, and not for use by a callback that runs within one of its calls, which throws
/// <see cref="InvalidOperationException"/>. After an exception the object is of no use but to send what waits in the
/// outgoing queue, which may be an alert for the peer.
/// </para>
/// </remarks>
public sealed partial class TlsObject : IDisposable
{
    private const int MaxRecordPlaintext = 16 * 1024;

    [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "The SslStream disposes it.")]
    private readonly BioStream _stream;
    private readonly SslStream _ssl;
    private readonly SslClientAuthenticationOptions? _clientOptions;
    private readonly SslServerAuthenticationOptions? _serverOptions;
    private readonly HandshakeAllowance _allowance;
    private Task? _handshake;
    private ValueTask<int> _arrival;
    private bool _isArrivalAwaited;
    private bool _isTurnTaken;
    private bool _isShutDown;
    private ExceptionDispatchInfo? _failure;

    /// <summary>What was decrypted before anybody had a place for it.</summary>
    private byte[] _plaintextBuffer = [];
    private Memory<byte> _plaintext;

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The SslStream owns the stream.")]
    internal TlsObject(TlsContext context, MemoryBio incoming, MemoryBio outgoing, ReferenceIdentifier? reference, SslClientAuthenticationOptions? clientOptions, SslServerAuthenticationOptions? serverOptions)
    {
        Context = context;
        Reference = reference;
        _clientOptions = clientOptions;
        _serverOptions = serverOptions;
        _allowance = new HandshakeAllowance(context.Limits.MaxHandshakeSize);
        _stream = new BioStream(incoming, outgoing, _allowance);
        _ssl = new SslStream(_stream, leaveInnerStreamOpen: false);
    }

    /// <summary>The context that the object was made by. Python: <c>context</c>.</summary>
    public TlsContext Context { get; }

    /// <summary>Whether this is the server's side. Python: <c>server_side</c>.</summary>
    public bool IsServer => Context.Role == TlsRole.Server;

    /// <summary>Whether the handshake is done, and with it the verification of the peer.</summary>
    public bool IsHandshakeDone => _handshake is { IsCompletedSuccessfully: true };

    /// <summary>How many decrypted bytes <see cref="Read"/> gives at once; 0 before the handshake is done, at the end, and where more bytes of the peer are needed. Python: <c>pending()</c>.</summary>
    /// <remarks>Decrypts a record of the peer if one is there and nothing else is decrypted.</remarks>
    public int Pending
    {
        get
        {
            if (_plaintext.IsEmpty && IsHandshakeDone && AwaitArrival() == TlsStatus.Done)
            {
                FillPlaintext();
            }

            return _plaintext.Length;
        }
    }

    internal ReferenceIdentifier? Reference { get; }

    /// <summary>Carries the handshake on. Python: <c>do_handshake()</c>.</summary>
    /// <returns><see cref="TlsStatus.Done"/> once the peer is verified, else <see cref="TlsStatus.WantRead"/>.</returns>
    /// <exception cref="CertificateVerificationException">The peer's chain is not trusted.</exception>
    /// <exception cref="AuthenticationException">The peers cannot agree, or one of them breaks the protocol; the message of the inner exception is the TLS library's.</exception>
    /// <exception cref="IOException">The peer's bytes ended in the middle of the handshake.</exception>
    public TlsStatus DoHandshake()
    {
        if (IsHandshakeDone)
        {
            return TlsStatus.Done;
        }

        using (Turn.Begin(ref _isTurnTaken))
        {
            _handshake ??= Context.AuthenticateAsync(_ssl, Reference, CancellationToken.None, _clientOptions, _serverOptions);
            if (!Settle(isHandshake: true))
            {
                return TlsStatus.WantRead;
            }
        }

        _handshake.GetAwaiter().GetResult();
        _allowance.Lift();
        return TlsStatus.Done;
    }

    /// <summary>Reads decrypted bytes. Carries the handshake on first, if it is not done. Python: <c>read()</c>.</summary>
    /// <param name="destination">Where they go.</param>
    /// <param name="count">How many were read; above 0 with <see cref="TlsStatus.Done"/>, unless <paramref name="destination"/> is empty, and else 0.</param>
    /// <returns><see cref="TlsStatus.Done"/>, <see cref="TlsStatus.WantRead"/>, or <see cref="TlsStatus.Closed"/> when the peer has closed by close_notify.</returns>
    /// <exception cref="EndOfStreamException">The peer's bytes ended without close_notify: what was read may have been cut off by somebody on the way (RFC 8446 §6.1).</exception>
    /// <exception cref="IOException">A record of the peer is damaged or breaks the protocol.</exception>
    /// <remarks>And the exceptions of <see cref="DoHandshake"/>.</remarks>
    public TlsStatus Read(Span<byte> destination, out int count)
    {
        count = Math.Min(_plaintext.Length, destination.Length);
        if (count > 0 || destination.IsEmpty)
        {
            _plaintext.Span[..count].CopyTo(destination);
            _plaintext = _plaintext[count..];
            return TlsStatus.Done;
        }

        if (AwaitArrival() is var status and not TlsStatus.Done)
        {
            return status;
        }

        count = ReadArrived(destination);
        return count > 0 ? TlsStatus.Done : End();
    }

    /// <summary>Encrypts bytes into the outgoing queue. Carries the handshake on first, if it is not done. Python: <c>write()</c>.</summary>
    /// <param name="source">The bytes, any number.</param>
    /// <returns><see cref="TlsStatus.Done"/> when all are written, <see cref="TlsStatus.WantRead"/> when none is, because the handshake is not done.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Unwrap"/> was called.</exception>
    /// <remarks>And the exceptions of <see cref="DoHandshake"/>.</remarks>
    public TlsStatus Write(ReadOnlySpan<byte> source)
    {
        if (_isShutDown)
        {
            throw new InvalidOperationException("Unwrap() has told the peer that nothing more comes.");
        }

        var status = DoHandshake();
        if (status == TlsStatus.Done && !source.IsEmpty)
        {
            _failure?.Throw();
            using (Turn.Begin(ref _isTurnTaken))
            {
                _ssl.Write(source);
            }
        }

        return status;
    }

    /// <summary>Closes by close_notify, and waits for the peer's. Python: <c>unwrap()</c>.</summary>
    /// <returns><see cref="TlsStatus.Done"/> once both have closed, else <see cref="TlsStatus.WantRead"/>. What the peer sends behind its close_notify stays in the incoming queue as it can.</returns>
    /// <exception cref="InvalidOperationException">The handshake is not done; or the peer has sent bytes that were not read: read to <see cref="TlsStatus.Closed"/>, then call again.</exception>
    /// <exception cref="EndOfStreamException">The peer's bytes ended without close_notify.</exception>
    public TlsStatus Unwrap()
    {
        if (!IsHandshakeDone)
        {
            throw new InvalidOperationException("There is nothing to unwrap: the handshake is not done.");
        }

        if (!_isShutDown)
        {
            _isShutDown = true;
            using (Turn.Begin(ref _isTurnTaken))
            {
                // Writes one record; the queue takes it at once.
                _ssl.ShutdownAsync().GetAwaiter().GetResult();
            }
        }

        if (_plaintext.IsEmpty)
        {
            if (AwaitArrival() == TlsStatus.WantRead)
            {
                return TlsStatus.WantRead;
            }

            FillPlaintext();
            if (_plaintext.IsEmpty)
            {
                End();
                return TlsStatus.Done;
            }
        }

        throw new InvalidOperationException("The peer has sent bytes that were not read; read to TlsStatus.Closed, then unwrap again.");
    }

    /// <summary>Gives up what the connection holds. The queues stay.</summary>
    public void Dispose() => _ssl.Dispose();
}
