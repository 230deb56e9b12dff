namespace Truststore;

/// <summary>One place where trust anchors were looked for.</summary>
/// <param name="Location">The path or the name of the store.</param>
/// <param name="Count">The number of anchors found there.</param>
/// <param name="Remark">What else is to say: who names the place (a variable, a distribution), or why nothing was found.</param>
public sealed record SystemAnchorsSource(string Location, int Count, string Remark);
