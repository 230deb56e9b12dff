namespace Truststore.Certificates;

/// <summary>What a NameConstraints extension says (RFC 5280 §4.2.1.10), sorted by the kind of name.</summary>
internal sealed class NameConstraintSet
{
    private const int Kinds = (int)GeneralNameKind.RegisteredId + 1;

    private readonly GeneralName[][] _permitted;
    private readonly GeneralName[][] _excluded;

    internal NameConstraintSet(IReadOnlyList<GeneralName> permitted, IReadOnlyList<GeneralName> excluded)
    {
        _permitted = Sort(permitted);
        _excluded = Sort(excluded);
        All = [.. permitted, .. excluded];
    }

    /// <summary>Permitted and excluded subtrees in the order of the encoding.</summary>
    internal IReadOnlyList<GeneralName> All { get; }

    /// <summary>The permitted subtrees of a kind.</summary>
    internal ReadOnlySpan<GeneralName> Permitted(GeneralNameKind kind) => _permitted[(int)kind];

    /// <summary>The excluded subtrees of a kind.</summary>
    internal ReadOnlySpan<GeneralName> Excluded(GeneralNameKind kind) => _excluded[(int)kind];

    private static GeneralName[][] Sort(IReadOnlyList<GeneralName> names)
    {
        var sorted = new GeneralName[Kinds][];
        for (var kind = 0; kind < Kinds; kind++)
        {
            sorted[kind] = [.. names.Where(n => (int)n.Kind == kind)];
        }

        return sorted;
    }
}
