namespace Truststore.Policy;

/// <summary>The outcome of comparing a name with a name constraint.</summary>
internal enum NameMatch
{
    /// <summary>The name lies outside the subtree.</summary>
    No,

    /// <summary>The name lies in the subtree; for an excluded one: it might.</summary>
    Yes,

    /// <summary>Name or constraint is malformed, or of a kind that nobody can compare: never a pass.</summary>
    Malformed,
}
