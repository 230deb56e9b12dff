namespace Truststore.Policy;

/// <summary>Something that the certificates of a path must fulfil together. A pure function of its arguments, budgets aside.</summary>
internal interface IPathRule
{
    /// <param name="path">End-entity certificate to anchor.</param>
    /// <param name="context">What the decision depends on besides.</param>
    /// <returns>What is wrong, or null.</returns>
    VerificationFailure? Check(IReadOnlyList<CertificateInfo> path, PolicyContext context);
}
