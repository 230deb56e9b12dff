using System.Globalization;
using Truststore.Platform.Windows.Interop;
using Truststore.Policy;

namespace Truststore.Platform.Windows.Trust;

/// <summary>Puts CryptoAPI's no into Core's reasons. Its bits say what is wrong with which certificate; Core's rules over the same path say it in more detail.</summary>
internal sealed class RejectionReport(ICryptoApi api, ChainVerificationRequest request, OfferedCertificates offered, NativeVerdict verdict)
{
    private readonly List<CertificateInfo> _path = ReadPath(offered, verdict);

    /// <summary>The path that the failures speak of.</summary>
    internal IReadOnlyList<CertificateInfo> Path => _path;

    /// <summary>Writes the rejection.</summary>
    /// <param name="addedAnchors">What the engine of the added anchors said, where the verdict is that of the system's.</param>
    internal ChainVerificationResult Write(RejectionReport? addedAnchors = null)
    {
        var failures = FindFailures();
        foreach (var failure in addedAnchors?.FindFailures() ?? [])
        {
            var index = failure.CertificateIndex < 0 ? -1 : _path.IndexOf(addedAnchors!.Path[failure.CertificateIndex]);
            failures.Add(failure with { Message = $"with the added anchors: {failure.Message}", CertificateIndex = index });
        }

        return ChainVerificationResult.Rejected(request, failures, _path);
    }

    /// <summary>What CryptoAPI found, the gravest first, then what Core's rules found besides.</summary>
    private List<VerificationFailure> FindFailures()
    {
        var own = FinishedPath.Judge(request, _path.ConvertAll(certificate => certificate.RawData)).Failures.ToList();
        var failures = new List<VerificationFailure>();
        foreach (var native in FindNativeFailures())
        {
            // CryptoAPI and Core may lay one failure between two certificates at the door of either.
            var same = own.FindAll(failure => Detail(native.Reason).Contains(failure.Reason));
            own.RemoveAll(same.Contains);
            failures.AddRange(same.Count == 0 && !failures.Exists(failure => failure.NativeCode == native.NativeCode && failure.CertificateIndex == native.CertificateIndex) ? [native] : same.Select(failure => failure with { NativeCode = native.NativeCode }));
        }

        return [.. failures, .. own];
    }

    private List<VerificationFailure> FindNativeFailures()
    {
        var failures = new List<VerificationFailure>();
        var all = verdict.Chain.Elements.Aggregate(verdict.Chain.ErrorStatus, (bits, element) => bits | element.ErrorStatus);
        foreach (var meaning in StatusMapping.Bits.Where(meaning => (all & meaning.Bit) != 0))
        {
            all &= ~meaning.Bit;
            var found = Enumerable.Range(0, _path.Count).Where(i => i < verdict.Chain.Elements.Count && (verdict.Chain.Elements[i].ErrorStatus & meaning.Bit) != 0).ToList();
            if (found.Count == 0)
            {
                found.Add(meaning.Bit is StatusMapping.PartialChain or StatusMapping.UntrustedRoot ? _path.Count - 1 : -1);
            }

            failures.AddRange(found.ConvertAll(i => Describe(meaning, i)));
        }

        if (all != 0)
        {
            failures.Add(new VerificationFailure(FailureReason.Other, string.Create(CultureInfo.InvariantCulture, $"Windows does not trust the chain, for a reason that has no name here (trust status 0x{all:X8}).")));
        }

        var reason = StatusMapping.ReasonOf(verdict.PolicyError);
        if (verdict.PolicyError != 0 && failures.TrueForAll(failure => failure.Reason != reason && failure.NativeCode != verdict.PolicyError) && (failures.Count == 0 || reason is not (FailureReason.IssuerNotFound or FailureReason.UntrustedRoot)))
        {
            var index = reason == FailureReason.HostnameMismatch ? 0 : verdict.PolicyElement < _path.Count ? verdict.PolicyElement : -1;
            failures.Add(new VerificationFailure(reason, Words(verdict.PolicyError), index, verdict.PolicyError));
        }

        return failures.Count > 0 ? failures : [new VerificationFailure(FailureReason.Other, "Windows gave no chain of this certificate.")];
    }

    private VerificationFailure Describe(TrustStatusMeaning meaning, int index)
    {
        var last = _path[^1];
        var isDistrustedHere = request.AddedAnchors.Any(added => added.Certificate.Equals(last) && !added.IsTrustedFor(request.Purpose));
        var (reason, message) = meaning.Bit switch
        {
            StatusMapping.PartialChain or StatusMapping.UntrustedRoot when isDistrustedHere => (FailureReason.Distrusted, "the trust store does not trust this anchor for the peer's purpose."),
            StatusMapping.UntrustedRoot when _path.Count == 1 => (FailureReason.SelfSigned, "the certificate is signed by itself and is not among the trust anchors."),
            StatusMapping.UntrustedRoot => (FailureReason.UntrustedRoot, $"the chain ends at the root '{SafeText.ShowName(last.Subject)}', which is not among the trust anchors."),
            StatusMapping.PartialChain => (FailureReason.IssuerNotFound, $"its issuer '{SafeText.ShowName(last.Issuer)}' was neither sent by the peer nor is it among the trust anchors."),
            StatusMapping.InvalidSignature when index >= 0 => (FailureReason.InvalidSignature, $"its signature does not verify under the key of its issuer '{SafeText.ShowName(_path[index].Issuer)}'."),
            _ => (meaning.Reason, Words(meaning.Code)),
        };
        return new VerificationFailure(reason, message, index, meaning.Code);
    }

    private string Words(int code) => string.Create(CultureInfo.InvariantCulture, $"Windows: {api.FormatMessage(code).TrimEnd('.')} (code 0x{code:X8}).");

    /// <summary>The reasons of Core's rules that a reason of CryptoAPI may stand for.</summary>
    private static FailureReason[] Detail(FailureReason reason) => reason switch
    {
        FailureReason.Expired => [FailureReason.Expired, FailureReason.NotYetValid],
        FailureReason.NotACertificationAuthority => [FailureReason.NotACertificationAuthority, FailureReason.PathLengthExceeded],
        FailureReason.InvalidExtendedKeyUsage => [FailureReason.InvalidExtendedKeyUsage, FailureReason.InvalidKeyUsage],
        _ => [reason],
    };

    private static List<CertificateInfo> ReadPath(OfferedCertificates offered, NativeVerdict verdict)
    {
        var path = new List<CertificateInfo>();
        foreach (var element in verdict.Chain.Elements)
        {
            try
            {
                path.Add(CertificateInfo.ParseOwned(element.Encoded));
            }
            catch (CertificateFormatException)
            {
                break;
            }
        }

        return path.Count > 0 && path[0].Equals(offered.EndEntity) ? path : [offered.EndEntity];
    }
}
