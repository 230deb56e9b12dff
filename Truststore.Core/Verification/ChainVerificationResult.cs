using System.Collections.Immutable;

namespace Truststore;

/// <summary>The verdict on a peer chain.</summary>
public sealed class ChainVerificationResult
{
    private ChainVerificationResult(
        bool isTrusted, bool isVerified, ImmutableArray<CertificateInfo> path, ImmutableArray<VerificationFailure> failures, ImmutableArray<ReadOnlyMemory<byte>> peerChain)
    {
        IsTrusted = isTrusted;
        IsVerified = isVerified;
        Path = path;
        Failures = failures;
        PeerChain = peerChain;
    }

    /// <summary>The name that the peer's certificate was compared with (RFC 9525), or <see langword="null"/> where none was.</summary>
    public ReferenceIdentifier? ReferenceIdentifier { get; private init; }

    /// <summary>Whether the peer chain may be used: it was verified and trusted, or verification was switched off (<see cref="IsVerified"/> tells).</summary>
    public bool IsTrusted { get; }

    /// <summary>Whether the chain was judged at all; <see langword="false"/> with <see cref="TlsVerifyMode.None"/>.</summary>
    public bool IsVerified { get; }

    /// <summary>The verified path, end-entity certificate to trust anchor. Empty when the chain is not trusted. Python: <c>get_verified_chain()</c>.</summary>
    public IReadOnlyList<CertificateInfo> VerifiedPath => IsTrusted ? Path : [];

    /// <summary>The path that <see cref="Failures"/> speak of: the verified one, or the most promising of those that failed. Empty when not even the end-entity certificate could be read.</summary>
    public IReadOnlyList<CertificateInfo> Path { get; }

    /// <summary>What is wrong, the gravest first. Empty when the chain is trusted.</summary>
    public IReadOnlyList<VerificationFailure> Failures { get; }

    /// <summary>The certificates as the peer sent them, DER, the end-entity certificate first; not verified. Python: <c>get_unverified_chain()</c>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> PeerChain { get; }

    /// <summary>A chain that is trusted by way of a verified path.</summary>
    /// <param name="request">The request that is answered.</param>
    /// <param name="verifiedPath">End-entity certificate to trust anchor.</param>
    /// <returns>The result.</returns>
    public static ChainVerificationResult Trusted(ChainVerificationRequest request, IReadOnlyList<CertificateInfo> verifiedPath)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(verifiedPath);
        return verifiedPath.Count > 0
            ? new ChainVerificationResult(isTrusted: true, isVerified: true, [.. verifiedPath], [], Encode(request.PeerChain)) { ReferenceIdentifier = ComparedWith(request) }
            : throw new ArgumentException("A trusted chain has a verified path.", nameof(verifiedPath));
    }

    /// <summary>A chain that is not trusted.</summary>
    /// <param name="request">The request that is answered.</param>
    /// <param name="failures">What is wrong, the gravest first; at least one.</param>
    /// <param name="attemptedPath">The most promising path, as far as it goes; may be empty.</param>
    /// <returns>The result.</returns>
    public static ChainVerificationResult Rejected(ChainVerificationRequest request, IReadOnlyList<VerificationFailure> failures, IReadOnlyList<CertificateInfo> attemptedPath)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(failures);
        ArgumentNullException.ThrowIfNull(attemptedPath);
        return failures.Count > 0
            ? new ChainVerificationResult(isTrusted: false, isVerified: true, [.. attemptedPath], [.. failures], Encode(request.PeerChain)) { ReferenceIdentifier = ComparedWith(request) }
            : throw new ArgumentException("A rejected chain has a failure.", nameof(failures));
    }

    private static ReferenceIdentifier? ComparedWith(ChainVerificationRequest request) => request.CheckHostname ? request.ReferenceIdentifier : null;

    /// <summary>A chain that nobody judged, because the program switched verification off.</summary>
    internal static ChainVerificationResult NotVerified(IReadOnlyList<PeerCertificate> peerChain) =>
        new(isTrusted: true, isVerified: false, [], [], Encode(peerChain));

    /// <summary>A verification that an exception ended.</summary>
    internal static ChainVerificationResult Failed(IReadOnlyList<PeerCertificate> peerChain, Exception error) =>
        new(isTrusted: false, isVerified: true, [], [new VerificationFailure(FailureReason.Other, $"the verification ended in an exception: {error.Message}")], Encode(peerChain));

    /// <summary>The bytes alone: a result outlives what the handshake has lent.</summary>
    private static ImmutableArray<ReadOnlyMemory<byte>> Encode(IReadOnlyList<PeerCertificate> peerChain) => [.. peerChain.Select(certificate => certificate.RawData)];
}
