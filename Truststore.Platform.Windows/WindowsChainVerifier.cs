using System.Runtime.Versioning;
using Truststore.Platform.Windows.Anchors;
using Truststore.Platform.Windows.Engines;
using Truststore.Platform.Windows.Interop;
using Truststore.Platform.Windows.Trust;
using Truststore.Policy;

namespace Truststore.Platform.Windows;

/// <summary>Judges peer chains on Windows by CryptoAPI (crypt32): its path building, its stores, its distrust and its revocation checks; and then by the rules that hold on every platform.</summary>
/// <remarks>
/// <para>
/// CertGetCertificateChain is asked with the engine of the current user first, and, where that finds no anchor and the request adds some, with an engine that trusts these only.
/// CertVerifyCertificateChainPolicy (CERT_CHAIN_POLICY_SSL) follows. Both answers must be a yes.
/// </para>
/// <para><see cref="TrustGeneration"/> grows when the stores Root, CA or Disallowed have changed. They are read again in the background, at most every five seconds.</para>
/// </remarks>
[SupportedOSPlatform("windows")]
public sealed class WindowsChainVerifier : IChainVerifier
{
    private readonly ICryptoApi _api;
    private readonly ChainEngineCache _engines;
    private readonly TrustStoreMonitor _monitor;

    /// <summary>Creates a verifier over this machine's stores.</summary>
    public WindowsChainVerifier()
        : this(CryptoApi.Instance, TimeProvider.System)
    {
    }

    internal WindowsChainVerifier(ICryptoApi api, TimeProvider timeProvider)
    {
        _api = api;
        _engines = new ChainEngineCache(api);
        _monitor = new TrustStoreMonitor(api, timeProvider);
    }

    /// <inheritdoc/>
    public long TrustGeneration => _monitor.Generation;

    /// <inheritdoc/>
    public ChainVerificationResult Verify(ChainVerificationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!PeerChainReader.TryReadEndEntity(request, out var endEntity, out var failure))
        {
            return ChainVerificationResult.Rejected(request, [failure], []);
        }

        var offered = new OfferedCertificates(request, endEntity);
        try
        {
            return Evaluate(request, offered);
        }
        catch (NativeCallException error)
        {
            var reason = StatusMapping.ReasonOf(error.Code) == FailureReason.MalformedCertificate ? FailureReason.MalformedCertificate : FailureReason.Other;
            return ChainVerificationResult.Rejected(request, [new VerificationFailure(reason, $"Windows gave no verdict: {error.Message}", reason == FailureReason.MalformedCertificate ? 0 : -1, error.Code)], [endEntity]);
        }
    }

    private ChainVerificationResult Evaluate(ChainVerificationRequest request, OfferedCertificates offered)
    {
        using var evaluation = new ChainEvaluation(_api, request, offered);
        NativeVerdict? system = null;
        if (request.UseSystemAnchors)
        {
            system = evaluation.Evaluate(SafeChainEngineHandle.CurrentUser, endsAtAnyAnchor: false);
            if (system.IsTrusted)
            {
                return Confirm(request, offered, system);
            }

            if (offered.Anchors.Count == 0 || !system.LacksAnchor)
            {
                return new RejectionReport(_api, request, offered, system).Write();
            }
        }

        using var engine = _engines.Rent(request, offered.Anchors);
        var added = evaluation.Evaluate(engine.Handle, endsAtAnyAnchor: request.HasFlag(TlsVerifyFlags.X509PartialChain));
        if (added.IsTrusted)
        {
            return offered.Anchors.Any(anchor => anchor.RawData.Span.SequenceEqual(added.Chain.Elements[^1].Encoded.Span))
                ? Confirm(request, offered, added)
                : Reject(request, offered, FailureReason.UntrustedRoot, "CertGetCertificateChain trusts an anchor that is none of those that count.");
        }

        var report = new RejectionReport(_api, request, offered, added);
        return system is null ? report.Write() : new RejectionReport(_api, request, offered, system).Write(report);
    }

    /// <summary>Takes CryptoAPI's yes for no more than it is: the path must be of this peer; then Core's rules judge it.</summary>
    private static ChainVerificationResult Confirm(ChainVerificationRequest request, OfferedCertificates offered, NativeVerdict verdict)
    {
        if (!verdict.Chain.Elements[0].Encoded.Span.SequenceEqual(offered.EndEntity.RawData.Span))
        {
            return Reject(request, offered, FailureReason.Other, "CertGetCertificateChain gave no chain of this certificate, though it is to be trusted.");
        }

        var elements = verdict.Chain.Elements;
        var result = FinishedPath.Confirm(request, [.. elements.Select(element => element.Encoded)], elements[0].IsKnownNotRevoked);
        return AddedRevocationLists.FindFailure(request, result.VerifiedPath) is { } revocation
            ? ChainVerificationResult.Rejected(request, [revocation], result.VerifiedPath)
            : result;
    }

    private static ChainVerificationResult Reject(ChainVerificationRequest request, OfferedCertificates offered, FailureReason reason, string message) =>
        ChainVerificationResult.Rejected(request, [new VerificationFailure(reason, message)], [offered.EndEntity]);
}
