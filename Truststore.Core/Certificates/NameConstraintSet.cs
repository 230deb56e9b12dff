namespace Truststore.Certificates;

/// <summary>What a NameConstraints extension says (RFC 5280 §4.2.1.10).</summary>
internal sealed record NameConstraintSet(IReadOnlyList<GeneralName> Permitted, IReadOnlyList<GeneralName> Excluded);
