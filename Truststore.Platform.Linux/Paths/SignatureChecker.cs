using Truststore.Certificates;
using Truststore.Policy.Rules;

namespace Truststore.Platform.Linux;

/// <summary>Checks who signed what, once a pair and within the budget of one verification.</summary>
internal sealed class SignatureChecker(VerificationLimits limits, int budget)
{
    /// <summary>So much of a certificate is hashed in the time of one check.</summary>
    private const int OctetsOfOneCheck = 128 * 1024;

    /// <summary>How much of the budget is left; below zero it is exhausted.</summary>
    internal int Left { get; private set; } = budget;

    /// <summary>Whether a signature was left unchecked because the budget was used up.</summary>
    internal bool IsExhausted { get; private set; }

    /// <summary>What is wrong once <see cref="IsExhausted"/>.</summary>
    internal VerificationFailure BudgetFailure =>
        new(FailureReason.SignatureBudgetExceeded, $"building a path needs more than {limits.MaxSignatureChecks} signature checks (VerificationLimits.MaxSignatureChecks).");

    /// <summary>What is wrong with a certificate's signature by an issuer, or null.</summary>
    internal VerificationFailure? FindFailure(PathNode subject, PathNode issuer)
    {
        foreach (var check in subject.SignatureChecks)
        {
            if (ReferenceEquals(check.Issuer, issuer))
            {
                return check.Failure;
            }
        }

        var envelope = subject.Certificate.Envelope;
        Left -= envelope.TbsCertificate.Length / OctetsOfOneCheck;
        var failure = Check(envelope.TbsCertificate, envelope.OuterSignatureAlgorithm, envelope.Signature, issuer.Key);
        subject.SignatureChecks.Add(new SignatureCheck(issuer, failure));
        return failure;
    }

    /// <summary>What is wrong with a signature under a key, or null.</summary>
    internal VerificationFailure? Check(ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> algorithmIdentifier, ReadOnlyMemory<byte> signature, VerificationKey key)
    {
        if (!SignatureAlgorithm.TryRead(algorithmIdentifier, out var algorithm))
        {
            var oid = AlgorithmIdentifier.Read(algorithmIdentifier).Oid;
            return SignatureAlgorithmRule.IsWeak(oid)
                ? new VerificationFailure(FailureReason.WeakSignatureAlgorithm, $"the certificate is signed with {AlgorithmNames.Signature(oid)}, whose digest can be forged.")
                : new VerificationFailure(FailureReason.UnsupportedSignatureAlgorithm, "the certificate's signature algorithm cannot be verified here.");
        }

        if (!key.Fits(algorithm))
        {
            return new VerificationFailure(FailureReason.UnsupportedSignatureAlgorithm, "the certificate's signature algorithm does not fit the issuer's key.");
        }

        Left -= key.Cost;
        if (Left < 0)
        {
            IsExhausted = true;
            return BudgetFailure;
        }

        return key.Verify(data.Span, signature.Span, algorithm)
            ? null
            : new VerificationFailure(FailureReason.InvalidSignature, "the certificate's signature does not verify under its issuer's key.");
    }
}
