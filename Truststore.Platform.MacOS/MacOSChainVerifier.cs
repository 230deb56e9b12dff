using System.Runtime.Versioning;
using Truststore.Platform.MacOS.Interop;
using Truststore.Platform.MacOS.Trust;
using Truststore.Policy;

namespace Truststore.Platform.MacOS;

/// <summary>Judges peer chains on macOS by Security.framework (SecTrust): its path building, its trust settings and its revocation checks; and then by the rules that hold on every platform.</summary>
/// <remarks>
/// <para>Needs macOS 14, as .NET 10 does; what older systems lack (SecTrustEvaluateWithError before 10.14, SecTrustCopyCertificateChain before 12) has no substitute here.</para>
/// <para>
/// Two things throw <see cref="PlatformNotSupportedException"/>: <see cref="TlsVerifyFlags.CrlCheckLeaf"/> without the rest of <see cref="TlsVerifyFlags.CrlCheckChain"/>, and added
/// revocation lists, which SecTrust does not take.
/// </para>
/// <para><see cref="IChainVerifier.TrustGeneration"/> stays 0: a process without an event loop is not told of changed trust settings, so verdicts that were remembered live through them.</para>
/// </remarks>
[SupportedOSPlatform("macos")]
public sealed class MacOSChainVerifier : IChainVerifier
{
    /// <inheritdoc/>
    public ChainVerificationResult Verify(ChainVerificationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequireSupported(request);
        if (!PeerChainReader.TryReadEndEntity(request, out var endEntity, out var failure))
        {
            return ChainVerificationResult.Rejected(request, [failure], []);
        }

        var offered = new OfferedCertificates(request, endEntity);
        try
        {
            var verdict = Evaluate(request, offered);
            return verdict.IsTrusted ? Confirm(request, offered, verdict) : new RejectionReport(request, offered, verdict).Write();
        }
        catch (NativeCallException error)
        {
            var reason = SecurityStatus.ReasonOf(error.Status);
            return ChainVerificationResult.Rejected(request, [new VerificationFailure(reason, $"macOS gave no verdict: {error.Message}", reason == FailureReason.MalformedCertificate ? 0 : -1, error.Status)], [endEntity]);
        }
    }

    private static NativeVerdict Evaluate(ChainVerificationRequest request, OfferedCertificates offered)
    {
        var evaluation = new TrustEvaluation(request, offered);
        var hostname = request is { CheckHostname: true, ReferenceIdentifier: { Kind: not ReferenceIdentifierKind.EmailAddress } reference } ? reference.Value : null;
        var verdict = evaluation.Evaluate(hostname);

        // SecTrust knows no common names (SecPolicyLeafCallbacks.c:296); where they count, Core's matcher decides alone.
        return verdict.Code == SecurityStatus.HostNameMismatch && request.HostnameChecksCommonName ? evaluation.Evaluate(hostname: null) : verdict;
    }

    /// <summary>Takes SecTrust's yes for no more than it is: the path must be of this peer and end where the request says; then Core's rules judge it.</summary>
    private static ChainVerificationResult Confirm(ChainVerificationRequest request, OfferedCertificates offered, NativeVerdict verdict)
    {
        if (verdict.Chain.Count == 0 || !verdict.Chain[0].Span.SequenceEqual(offered.EndEntity.RawData.Span))
        {
            return Reject(FailureReason.Other, "SecTrustCopyCertificateChain gave no chain of this certificate, though it is to be trusted.");
        }

        var anchor = verdict.Chain[^1];
        if (!request.UseSystemAnchors && !offered.Anchors.Any(added => added.RawData.Span.SequenceEqual(anchor.Span)))
        {
            return Reject(FailureReason.UntrustedRoot, "SecTrustEvaluateWithError trusts an anchor that is none of those that count.");
        }

        return FinishedPath.Confirm(request, verdict.Chain);

        ChainVerificationResult Reject(FailureReason reason, string message) => ChainVerificationResult.Rejected(request, [new VerificationFailure(reason, message)], [offered.EndEntity]);
    }

    private static void RequireSupported(ChainVerificationRequest request)
    {
        if (request.HasFlag(TlsVerifyFlags.CrlCheckLeaf) && !request.HasFlag(TlsVerifyFlags.CrlCheckChain))
        {
            throw new PlatformNotSupportedException("Checking revocation of the end-entity certificate only (TlsVerifyFlags.CrlCheckLeaf) is not supported on macOS, whose SecTrust checks the whole path or nothing; use TlsVerifyFlags.CrlCheckChain.");
        }

        if (request.RevocationLists.Count > 0)
        {
            throw new PlatformNotSupportedException("Added certificate revocation lists (LoadVerifyLocations with an X509 CRL) are not supported on macOS, whose SecTrust gets OCSP answers and lists itself; leave the lists out, and use TlsVerifyFlags.CrlCheckChain.");
        }
    }
}
