using System.Runtime.CompilerServices;

namespace Truststore;

/// <summary>
/// Whom to trust over TLS, configured once and given to everything that speaks TLS; mirrors Python's <c>ssl.SSLContext</c> and <c>truststore.SSLContext</c>.
/// </summary>
/// <remarks>
/// <para>Peers are judged by the operating system's trust store plus what <see cref="LoadVerifyLocations(string?, string?, string?)"/> adds. .NET's own verification is neutralised and replaced.</para>
/// <para>A context freezes when it is first used: from then on it is immutable and thread-safe, and a change throws <see cref="InvalidOperationException"/>.</para>
/// <para>Most programs start from <c>TlsContext.CreateDefault()</c> in the Truststore package.</para>
/// </remarks>
public sealed partial class TlsContext
{
    private readonly IChainVerifier _verifier;
    private bool _frozen;

    /// <summary>Creates a context over a verifier: a platform's, or your own.</summary>
    /// <param name="verifier">Judges the peers.</param>
    /// <param name="role">Which side of a handshake the context is for.</param>
    /// <remarks>
    /// <para>A client's settings start as those of Python's <c>ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)</c>: certificates required, names checked, TLS 1.2 at least.</para>
    /// <para>A server's start as those of <c>ssl.PROTOCOL_TLS_SERVER</c>: clients are not asked for certificates. When they are, the system's anchors do not count unless <see cref="UseSystemAnchors"/>
    /// is switched on: public CAs say nothing about who may use a server.</para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="role"/> is no member of the enumeration.</exception>
    public TlsContext(IChainVerifier verifier, TlsRole role = TlsRole.Client)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        Require(Enum.IsDefined(role), role, nameof(role));
        _verifier = verifier;
        Role = role;
        if (role == TlsRole.Server)
        {
            CheckHostname = false;
            VerifyMode = TlsVerifyMode.None;
            UseSystemAnchors = false;
        }
    }

    /// <summary>Whether the context can no longer be changed: it was used, or <see cref="MakeReadOnly"/> was called.</summary>
    public bool IsReadOnly => Volatile.Read(ref _frozen);

    /// <summary>Freezes the context now instead of at its first use.</summary>
    public void MakeReadOnly() => Volatile.Write(ref _frozen, true);

    /// <summary>Changes are possible until the context is frozen.</summary>
    private void VerifyMutable([CallerMemberName] string member = "")
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException(
                $"TlsContext.{member} cannot change any more: the context is in use, or was made read-only. Configure it before its first use, or create another one.");
        }
    }
}
