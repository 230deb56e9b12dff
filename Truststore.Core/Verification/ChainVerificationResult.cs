using System.Collections.ObjectModel;

namespace Truststore;

/// <summary>The verdict on a peer chain.</summary>
public sealed class ChainVerificationResult
{
    private ChainVerificationResult(bool isTrusted, bool isVerified, IReadOnlyList<CertificateInfo> path, IReadOnlyList<VerificationFailure> failures, IReadOnlyList<ReadOnlyMemory<byte>> peerChain)
    {
        IsTrusted = isTrusted;
        IsVerified = isVerified;
        Path = path;
        Failures = failures;
        PeerChain = peerChain;
    }

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
            ? new ChainVerificationResult(isTrusted: true, isVerified: true, verifiedPath, [], request.PeerChain)
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
            ? new ChainVerificationResult(isTrusted: false, isVerified: true, attemptedPath, new ReadOnlyCollection<VerificationFailure>([.. failures]), request.PeerChain)
            : throw new ArgumentException("A rejected chain has a failure.", nameof(failures));
    }

    /// <summary>A chain that nobody judged, because the program switched verification off.</summary>
    internal static ChainVerificationResult NotVerified(IReadOnlyList<ReadOnlyMemory<byte>> peerChain) =>
        new(isTrusted: true, isVerified: false, [], [], peerChain);
}
