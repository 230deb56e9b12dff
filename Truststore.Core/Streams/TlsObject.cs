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
/// <para>Not thread-safe. After an exception the object is of no use but to send what waits in the outgoing queue, which may be an alert for the peer.</para>
/// </remarks>
public sealed class TlsObject : IDisposable
{
    private const int MaxRecordPlaintext = 16 * 1024;

    [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "The SslStream disposes it.")]
    private readonly BioStream _stream;
    private readonly SslStream _ssl;
    private readonly SslClientAuthenticationOptions? _clientOptions;
    private Task? _handshake;
    private ValueTask<int> _arrival;
    private bool _isArrivalAwaited;
    private bool _isShutDown;
    private ExceptionDispatchInfo? _failure;

    /// <summary>What was decrypted before anybody had a place for it.</summary>
    private byte[] _plaintextBuffer = [];
    private Memory<byte> _plaintext;

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The SslStream owns the stream.")]
    internal TlsObject(TlsContext context, MemoryBio incoming, MemoryBio outgoing, ReferenceIdentifier? reference, SslClientAuthenticationOptions? clientOptions)
    {
        Context = context;
        Reference = reference;
        _clientOptions = clientOptions;
        _stream = new BioStream(incoming, outgoing);
        _ssl = new SslStream(_stream, leaveInnerStreamOpen: false);
    }

    /// <summary>The context that the object was made by. Python: <c>context</c>.</summary>
    public TlsContext Context { get; }

    /// <summary>Whether this is the server's side. Python: <c>server_side</c>.</summary>
    public bool IsServer => Context.Role == TlsRole.Server;

    /// <summary>The host that the server must prove to be; on a server the one that the client has asked for, once that is known. Python: <c>server_hostname</c>.</summary>
    public string? ServerHostname => IsServer ? (_ssl.TargetHostName is { Length: > 0 } name ? name : null) : Reference?.Value;

    /// <summary>Whether the handshake is done, and with it the verification of the peer.</summary>
    public bool IsHandshakeDone => _handshake is { IsCompletedSuccessfully: true };

    /// <summary>The TLS version as OpenSSL and Python name it (<c>TLSv1.3</c>), or <see langword="null"/> before the handshake is done. Python: <c>version()</c>.</summary>
    public string? Version => !IsHandshakeDone ? null : _ssl.SslProtocol switch
    {
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        var other => other.ToString(),
    };

    /// <summary>The cipher suite, or <see langword="null"/> before the handshake is done. Python: <c>cipher()</c>.</summary>
    public TlsCipherSuite? Cipher => IsHandshakeDone ? _ssl.NegotiatedCipherSuite : null;

    /// <summary>The application protocol that both sides agreed on, or <see langword="null"/>. Python: <c>selected_alpn_protocol()</c>.</summary>
    public string? SelectedAlpnProtocol => IsHandshakeDone && !_ssl.NegotiatedApplicationProtocol.Protocol.IsEmpty ? _ssl.NegotiatedApplicationProtocol.ToString() : null;

    /// <summary>The verdict on the peer, or <see langword="null"/> before the handshake is done and where no verdict was asked for.</summary>
    public ChainVerificationResult? Verification => IsHandshakeDone ? _ssl.GetVerification() : null;

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

    private CertificateInfo? ServerCertificate =>
        !IsHandshakeDone ? null : !IsServer ? GetPeerCertificate() : _ssl.LocalCertificate is { } own ? CertificateInfo.From(own) : null;

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

        using (Inline.Begin())
        {
            _handshake ??= Context.AuthenticateAsync(_ssl, Reference, CancellationToken.None, _clientOptions);
            if (!Settle(isHandshake: true))
            {
                return TlsStatus.WantRead;
            }
        }

        _handshake.GetAwaiter().GetResult();
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
            using (Inline.Begin())
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
            using (Inline.Begin())
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

    /// <summary>The peer's own certificate, or <see langword="null"/> when it has sent none or the handshake is not done. Python: <c>getpeercert()</c>.</summary>
    /// <returns>The certificate; verified unless the context does not verify.</returns>
    public CertificateInfo? GetPeerCertificate() => GetUnverifiedChain() is [var own, ..] ? CertificateInfo.Parse(own.Span) : null;

    /// <summary>The certificates as the peer has sent them. Python: <c>get_unverified_chain()</c>.</summary>
    /// <returns>DER, the peer's own first; empty before the handshake is done.</returns>
    [SuppressMessage("Design", "CA1024:Use properties where appropriate", Justification = "Named as in Python.")]
    public IReadOnlyList<ReadOnlyMemory<byte>> GetUnverifiedChain() => Verification?.PeerChain ?? [];

    /// <summary>The verified path. Python: <c>get_verified_chain()</c>.</summary>
    /// <returns>From the peer's certificate to the trust anchor; empty where nothing was verified.</returns>
    [SuppressMessage("Design", "CA1024:Use properties where appropriate", Justification = "Named as in Python.")]
    public IReadOnlyList<CertificateInfo> GetVerifiedChain() => Verification?.VerifiedPath ?? [];

    /// <summary>Bytes that tie an authentication inside to this connection (RFC 5929). Python: <c>get_channel_binding()</c>.</summary>
    /// <param name="type"><c>tls-server-end-point</c>, <c>tls-unique</c> or <c>tls-exporter</c>.</param>
    /// <returns>The bytes, or <see langword="null"/> where there are none: before the handshake is done, for <c>tls-unique</c> over TLS 1.3 (RFC 9266), for <c>tls-server-end-point</c> of a
    /// certificate whose signature has no single hash (RSA-PSS, Ed25519), and for <c>tls-exporter</c>, which .NET does not offer.</returns>
    /// <exception cref="ArgumentException">There is no such type.</exception>
    public byte[]? GetChannelBinding(string type = "tls-unique")
    {
        ArgumentNullException.ThrowIfNull(type);
        return type switch
        {
            "tls-server-end-point" => ServerCertificate is { } certificate ? ChannelBindingBytes.HashServerEndPoint(certificate) : null,
            "tls-unique" => Version is "TLSv1.2" ? ChannelBindingBytes.ReadUnique(_ssl) : null,
            "tls-exporter" => null,
            _ => throw new ArgumentException($"There is no channel binding '{type}'; there are tls-server-end-point, tls-unique and tls-exporter.", nameof(type)),
        };
    }

    /// <summary>Gives up what the connection holds. The queues stay.</summary>
    public void Dispose() => _ssl.Dispose();

    /// <summary>Carries the handshake on, and then whatever brings decrypted bytes or the end.</summary>
    /// <returns>Never Closed: what has arrived may be the end.</returns>
    [SuppressMessage("Usage", "CA2012:Use ValueTasks correctly", Justification = "It is kept until it is complete, and then consumed once.")]
    private TlsStatus AwaitArrival()
    {
        _failure?.Throw();
        if (DoHandshake() is var status and not TlsStatus.Done)
        {
            return status;
        }

        using var inline = Inline.Begin();
        try
        {
            if (!_isArrivalAwaited)
            {
                // Of no bytes: it completes when there are some, without a buffer that the caller would have to leave alone meanwhile.
                _arrival = _ssl.ReadAsync(Memory<byte>.Empty, CancellationToken.None);
                _isArrivalAwaited = true;
            }

            if (!Settle(isHandshake: false))
            {
                return TlsStatus.WantRead;
            }

            _isArrivalAwaited = false;
            var arrival = _arrival;
            _arrival = default;
            arrival.GetAwaiter().GetResult();
            return TlsStatus.Done;
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    /// <summary>Takes what has arrived, which is decrypted already: this neither waits nor asks for more.</summary>
    private int ReadArrived(Span<byte> destination)
    {
        using var inline = Inline.Begin();
        try
        {
            return _ssl.Read(destination);
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    private void FillPlaintext()
    {
        if (_plaintextBuffer.Length == 0)
        {
            _plaintextBuffer = new byte[MaxRecordPlaintext];
        }

        _plaintext = _plaintextBuffer.AsMemory(0, ReadArrived(_plaintextBuffer));
    }

    /// <summary>After a clean close nobody has asked for the end of the peer's bytes.</summary>
    private TlsStatus End() => !_stream.IsEofRead
        ? TlsStatus.Closed
        : throw new EndOfStreamException("The peer's bytes ended without close_notify (RFC 8446 §6.1): what was read may have been cut off on the way. Where the protocol inside marks its own end, that end says whether all came.");

    /// <summary>Feeds the pending operation until it is complete, or wants bytes that are not there.</summary>
    private bool Settle(bool isHandshake)
    {
        var spin = default(SpinWait);
        while (!(isHandshake ? _handshake!.IsCompleted : _arrival.IsCompleted))
        {
            if (!_stream.IsReadPending)
            {
                // Only under a TaskScheduler of the caller's does something go on elsewhere; it will be back at once.
                spin.SpinOnce();
            }
            else if (!_stream.TryPump())
            {
                return false;
            }
        }

        return true;
    }
}
