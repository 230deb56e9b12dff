namespace Truststore.Tests.Linux.Pathological;

/// <summary>A request that is made to be expensive, and how it ends in the Compatible profile.</summary>
/// <param name="Name">What is odd about it.</param>
/// <param name="Create">Makes the request.</param>
/// <param name="Expected">The first failure's reason; null for trusted.</param>
public sealed record PathologicalCase(string Name, Func<ChainVerificationRequest> Create, FailureReason? Expected)
{
    /// <summary>Whether the verification ends on one of its budgets, and not because it came to an end.</summary>
    public bool EndsOnBudget => Expected is FailureReason.SignatureBudgetExceeded or FailureReason.CandidateBudgetExceeded or FailureReason.NameConstraintBudgetExceeded or FailureReason.PolicyBudgetExceeded;

    public override string ToString() => Name;
}
