using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Truststore;

/// <summary>Everything that the verdict on a peer chain depends on.</summary>
public sealed record ChainVerificationRequest
{
    /// <summary>The certificates as the peer sent them, the end-entity certificate first. May be empty: that is a failure, not an error.</summary>
    /// <remarks>The list is copied; <see cref="PeerCertificate.CreateChain"/> makes one from bytes.</remarks>
    public required IReadOnlyList<PeerCertificate> PeerChain { get; init => field = Copy(value); }

    /// <summary>The name that the end-entity certificate must be valid for (RFC 9525).</summary>
    /// <value>The default is <see langword="null"/>: no name is checked.</value>
    public ReferenceIdentifier? ReferenceIdentifier { get; init; }

    /// <summary>Whether names are to be checked; with no <see cref="ReferenceIdentifier"/> that is a failure.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CheckHostname { get; init; } = true;

    /// <summary>Whether a subject common name counts when the certificate has no DNS, IP or other host name among its subject alternative names.</summary>
    /// <value>The default is <see langword="false"/> (RFC 9525 §2).</value>
    public bool HostnameChecksCommonName { get; init; }

    /// <summary>What the peer's certificate is used for.</summary>
    /// <value>The default is <see cref="PeerPurpose.ServerAuthentication"/>.</value>
    public PeerPurpose Purpose { get; init; }

    /// <summary>The anchors that the program added to the system's.</summary>
    /// <value>The default is none.</value>
    public TrustAnchorCollection AddedAnchors { get; init; } = TrustAnchorCollection.Empty;

    /// <summary>The certificate revocation lists that the program added.</summary>
    /// <value>The default is none.</value>
    /// <remarks>The list is copied.</remarks>
    public IReadOnlyList<CertificateRevocationList> RevocationLists { get; init => field = Copy(value); } = ImmutableArray<CertificateRevocationList>.Empty;

    /// <summary>Whether the operating system's trust anchors count.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool UseSystemAnchors { get; init; } = true;

    /// <summary>How strictly to judge.</summary>
    /// <value>The default is <see cref="TlsVerifyFlags.None"/>.</value>
    public TlsVerifyFlags VerifyFlags { get; init; }

    /// <summary>The time at which the certificates must be valid.</summary>
    public required DateTimeOffset VerificationTime { get; init; }

    /// <summary>The bounds of the verification.</summary>
    /// <value>The default is <see cref="VerificationLimits.Default"/>.</value>
    public VerificationLimits Limits { get; init; } = VerificationLimits.Default;

    /// <summary>How old a remembered verdict may be to answer this request; see <see cref="CachingChainVerifier"/>.</summary>
    /// <value>Zero or more. The default is 10 minutes; zero judges anew.</value>
    public TimeSpan MaxVerdictAge { get; init; } = CachingChainVerifier.DefaultMaxVerdictAge;

    /// <summary>Whether missing certificates and revocation information may be fetched over the network (AIA, OCSP, CRL).</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowNetwork { get; init; }

    /// <summary>Why there is no <see cref="ReferenceIdentifier"/> although the program named a host: it is no host name.</summary>
    internal string? ReferenceIdentifierError { get; init; }

    internal bool HasFlag(TlsVerifyFlags flag) => (VerifyFlags & flag) == flag;

    /// <summary>A list that the caller cannot change afterwards; verdicts and caches rest on it.</summary>
    private static IReadOnlyList<T> Copy<T>(IReadOnlyList<T> list, [CallerMemberName] string member = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(list, member);
        var copy = list is ImmutableArray<T> { IsDefault: false } immutable ? immutable : ImmutableArray.CreateRange(list);
        foreach (var element in copy)
        {
            if (element is null)
            {
                throw new ArgumentException("An element of the list is null.", member);
            }
        }

        return list is ImmutableArray<T> { IsDefault: false } ? list : copy;
    }
}
