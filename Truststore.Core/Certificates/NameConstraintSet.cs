namespace Truststore.Certificates;

/// <summary>What a NameConstraints extension says (RFC 5280 §4.2.1.10).</summary>
internal sealed class NameConstraintSet(IReadOnlyList<GeneralName> permitted, IReadOnlyList<GeneralName> excluded)
{
    /// <summary>Permitted and excluded subtrees in the order of the encoding.</summary>
    internal IEnumerable<GeneralName> All => permitted.Concat(excluded);

    /// <summary>The permitted subtrees.</summary>
    internal NamesByKind Permitted => field ??= new NamesByKind(permitted);

    /// <summary>The excluded subtrees.</summary>
    internal NamesByKind Excluded => field ??= new NamesByKind(excluded);
}
