using System.Net.Security;
using System.Text;

namespace Truststore;

/// <content>The settings of a context.</content>
public sealed partial class TlsContext
{
    private const TlsVerifyFlags SupportedFlags = TlsVerifyFlags.CrlCheckChain | TlsVerifyFlags.X509Strict | TlsVerifyFlags.X509TrustedFirst | TlsVerifyFlags.X509PartialChain;
    private const int MaxAlpnLength = 255;

    private List<SslApplicationProtocol> _alpnProtocols = [];
    private IReadOnlyList<TlsCipherSuite>? _cipherSuites;

    /// <summary>Whether the peer's certificate is verified. Python: <c>verify_mode</c>.</summary>
    /// <value>The default is <see cref="TlsVerifyMode.Required"/>; a server's is <see cref="TlsVerifyMode.None"/>.</value>
    /// <exception cref="InvalidOperationException">The context is frozen; or the value is <see cref="TlsVerifyMode.None"/> while <see cref="CheckHostname"/> is <see langword="true"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is no member of the enumeration.</exception>
    public TlsVerifyMode VerifyMode
    {
        get;
        set
        {
            Require(Enum.IsDefined(value), value, nameof(VerifyMode));
            VerifyMutable();
            if (value == TlsVerifyMode.None && CheckHostname)
            {
                throw new InvalidOperationException(
                    "TlsContext.VerifyMode cannot be None while CheckHostname is true: set CheckHostname to false first, and know that this accepts anyone. "
                    + "To trust one certificate that no CA issued, load it with LoadVerifyLocations instead.");
            }

            field = value;
        }
    }

    = TlsVerifyMode.Required;

    /// <summary>Whether the peer's certificate must be for the host that was asked for. Python: <c>check_hostname</c>.</summary>
    /// <value>The default is <see langword="true"/>; a server's is <see langword="false"/>. Setting it raises <see cref="VerifyMode"/> from None to Required.</value>
    /// <exception cref="InvalidOperationException">The context is frozen; or it is a server's, which has no name to compare a client's certificate with.</exception>
    public bool CheckHostname
    {
        get;
        set
        {
            VerifyMutable();
            if (value)
            {
                RequireRole(TlsRole.Client, nameof(CheckHostname));
            }

            field = value;
            if (value && VerifyMode == TlsVerifyMode.None)
            {
                VerifyMode = TlsVerifyMode.Required;
            }
        }
    }

    = true;

    /// <summary>Whether a subject common name counts where a certificate has no host among its alternative names. Python: <c>hostname_checks_common_name</c>.</summary>
    /// <value>The default is <see langword="false"/> (RFC 9525 §2); Python's is true.</value>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public bool HostnameChecksCommonName
    {
        get;
        set
        {
            VerifyMutable();
            field = value;
        }
    }

    /// <summary>How strictly chains are judged. Python: <c>verify_flags</c>.</summary>
    /// <value>The default is <see cref="TlsVerifyFlags.X509TrustedFirst"/>, as Python's; <c>CreateDefault()</c> adds <see cref="TlsVerifyFlags.X509PartialChain"/>, as Python's <c>create_default_context()</c>.</value>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value has a bit that no flag has.</exception>
    /// <exception cref="PlatformNotSupportedException">The value has <see cref="TlsVerifyFlags.AllowProxyCertificates"/>.</exception>
    public TlsVerifyFlags VerifyFlags
    {
        get;
        set
        {
            if (value.HasFlag(TlsVerifyFlags.AllowProxyCertificates))
            {
                throw new PlatformNotSupportedException("Proxy certificates (RFC 3820, TlsVerifyFlags.AllowProxyCertificates) are not supported on any platform; add the issuing CA with LoadVerifyLocations and have it issue ordinary certificates.");
            }

            Require((value & ~SupportedFlags) == TlsVerifyFlags.None, value, nameof(VerifyFlags));
            VerifyMutable();
            field = value;
        }
    }

    = TlsVerifyFlags.X509TrustedFirst;

    /// <summary>The lowest TLS version that is spoken. Python: <c>minimum_version</c>.</summary>
    /// <value>The default is <see cref="TlsProtocolVersion.Tls12"/>.</value>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is no member of the enumeration.</exception>
    public TlsProtocolVersion MinimumVersion
    {
        get;
        set
        {
            Require(Enum.IsDefined(value), value, nameof(MinimumVersion));
            VerifyMutable();
            field = value;
        }
    }

    = TlsProtocolVersion.Tls12;

    /// <summary>The highest TLS version that is spoken. Python: <c>maximum_version</c>.</summary>
    /// <value>The default is <see cref="TlsProtocolVersion.MaximumSupported"/>.</value>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is no member of the enumeration.</exception>
    public TlsProtocolVersion MaximumVersion
    {
        get;
        set
        {
            Require(Enum.IsDefined(value), value, nameof(MaximumVersion));
            VerifyMutable();
            field = value;
        }
    }

    = TlsProtocolVersion.MaximumSupported;

    /// <summary>Whether sessions may be resumed, which spares a handshake its costly part; the peer is verified all the same. Python: <c>options</c> without <c>OP_NO_TICKET</c>.</summary>
    /// <value>The default is <see langword="true"/>. Nobody resumes with <see cref="TlsVerifyMode.None"/> on a client, nor where a server asks for certificates.</value>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public bool AllowTlsResume
    {
        get;
        set
        {
            VerifyMutable();
            field = value;
        }
    }

    = true;

    /// <summary>The bounds that hold whatever a peer sends.</summary>
    /// <value>The default is <see cref="VerificationLimits.Default"/>.</value>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public VerificationLimits Limits
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            VerifyMutable();
            field = value;
        }
    }

    = VerificationLimits.Default;

    /// <summary>How long a chain that was trusted for a name may be trusted for that name without being judged again. Never beyond a certificate's validity or a change of trust.</summary>
    /// <value>Zero or more. The default is 10 minutes; <see cref="TimeSpan.Zero"/> judges every handshake anew.</value>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan MaxVerdictAge
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            VerifyMutable();
            field = value;
        }
    }

    = CachingChainVerifier.DefaultMaxVerdictAge;

    /// <summary>Called with each verdict of this context, before anybody acts on it; for a log.</summary>
    /// <value>The default is <see langword="null"/>. It runs on the handshake's thread, must be thread-safe, and had better be quick. An exception that it throws ends the handshake.</value>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public Action<ChainVerificationResult>? VerificationObserver
    {
        get;
        set
        {
            VerifyMutable();
            field = value;
        }
    }

    /// <summary>Tells the time at which certificates must be valid.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public TimeProvider TimeProvider
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            VerifyMutable();
            field = value;
        }
    }

    = TimeProvider.System;

    /// <summary>The application protocols that are offered, the preferred one first; see <see cref="SetAlpnProtocols"/>.</summary>
    public IReadOnlyList<string> AlpnProtocols => [.. _alpnProtocols.Select(p => Encoding.UTF8.GetString(p.Protocol.Span))];

    /// <summary>The cipher suites that are offered, or <see langword="null"/> for the platform's own choice; see <see cref="SetCiphers(string)"/>.</summary>
    public IReadOnlyList<TlsCipherSuite>? CipherSuites => _cipherSuites;

    /// <summary>Sets the application protocols to offer by ALPN (RFC 7301). Python: <c>set_alpn_protocols()</c>.</summary>
    /// <param name="protocols">Names such as <c>h2</c> and <c>http/1.1</c>, the preferred one first; none for no ALPN.</param>
    /// <exception cref="ArgumentException">A name is empty, longer than 255 octets of UTF-8, or there twice.</exception>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public void SetAlpnProtocols(params IEnumerable<string> protocols)
    {
        ArgumentNullException.ThrowIfNull(protocols);
        var list = new List<SslApplicationProtocol>();
        foreach (var protocol in protocols)
        {
            var octets = Encoding.UTF8.GetBytes(protocol ?? throw new ArgumentException("An ALPN protocol is null.", nameof(protocols)));
            if (octets.Length is 0 or > MaxAlpnLength)
            {
                throw new ArgumentException($"An ALPN protocol has 1 to {MaxAlpnLength} octets (RFC 7301 §3.1); '{SafeText.ShowName(protocol)}' has {octets.Length}.", nameof(protocols));
            }

            var entry = new SslApplicationProtocol(octets);
            if (list.Contains(entry))
            {
                throw new ArgumentException($"The ALPN protocol '{SafeText.ShowName(protocol)}' is there twice.", nameof(protocols));
            }

            list.Add(entry);
        }

        VerifyMutable();
        _alpnProtocols = list;
    }

    /// <summary>Sets the cipher suites to offer. Python: <c>set_ciphers()</c>.</summary>
    /// <param name="ciphers">
    /// Names by OpenSSL (<c>ECDHE-RSA-AES128-GCM-SHA256</c>) or IANA (<c>TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256</c>), separated by colons, commas or spaces, the preferred one first.
    /// OpenSSL's keywords and operators (<c>HIGH</c>, <c>!aNULL</c>, <c>@SECLEVEL</c>) are not understood. Known are the suites over AES and ChaCha20 that .NET negotiates with a certificate.
    /// </param>
    /// <exception cref="ArgumentException">A name is unknown, or there is none.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows, where cipher suites are a setting of the machine.</exception>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    /// <remarks>As in Python, suites of TLS 1.3 stay on when only older ones are named.</remarks>
    public void SetCiphers(string ciphers)
    {
        ArgumentNullException.ThrowIfNull(ciphers);
        SetCiphers(CipherSuiteNames.Parse(ciphers));
    }

    /// <summary>Sets the cipher suites to offer, by their values: any that .NET knows.</summary>
    /// <param name="suites">The suites, the preferred one first; at least one.</param>
    /// <exception cref="ArgumentException">There is no suite.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows, where cipher suites are a setting of the machine.</exception>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    /// <remarks>Suites of TLS 1.3 stay on when only older ones are given. No suite is refused here; what OpenSSL does not have fails in the handshake.</remarks>
    public void SetCiphers(params IEnumerable<TlsCipherSuite> suites)
    {
        ArgumentNullException.ThrowIfNull(suites);
        var list = suites.Distinct().ToList();
        SetCiphers(list.Count > 0 ? CipherSuiteNames.WithTls13(list) : throw new ArgumentException("No cipher suite is given.", nameof(suites)));
    }

    private void SetCiphers(IReadOnlyList<TlsCipherSuite> suites)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException(
                "Cipher suites (TlsContext.SetCiphers) cannot be chosen per connection on Windows, where Schannel decides; "
                + "use the Group Policy setting 'SSL Cipher Suite Order', or restrict MinimumVersion.");
        }

        VerifyMutable();
        _cipherSuites = suites;
    }

    private static void Require<T>(bool condition, T value, string member)
        where T : struct, Enum
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"TlsContext.{member} has no such value.");
        }
    }
}
