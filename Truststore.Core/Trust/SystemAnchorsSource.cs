namespace Truststore;

/// <summary>One place where trust anchors were looked for.</summary>
/// <param name="Location">The path or the name of the store, for people: characters that cannot be seen are escaped.</param>
/// <param name="Count">The number of anchors found there.</param>
/// <param name="Remark">What else is to say: who names the place (a variable, a distribution), or why nothing was found; escaped in the same way.</param>
public sealed record SystemAnchorsSource(string Location, int Count, string Remark)
{
    /// <summary>The path or the name of the store, for people: characters that cannot be seen are escaped.</summary>
    public string Location { get; init => field = SafeText.Show(value); } = SafeText.Show(Location);

    /// <summary>What else is to say: who names the place (a variable, a distribution), or why nothing was found; escaped in the same way.</summary>
    public string Remark { get; init => field = SafeText.Show(value); } = SafeText.Show(Remark);
}
