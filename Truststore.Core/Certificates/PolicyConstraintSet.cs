namespace Truststore.Certificates;

/// <summary>What a policy constraints extension says (RFC 5280 §4.2.1.11): skip counts, or null where absent.</summary>
internal sealed record PolicyConstraintSet(int? RequireExplicitPolicy, int? InhibitPolicyMapping);
