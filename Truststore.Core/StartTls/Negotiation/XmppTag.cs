namespace Truststore.Negotiation;

/// <summary>A start tag of a stream.</summary>
/// <param name="Namespace">The namespace of the element; empty for none.</param>
/// <param name="Name">Its local name.</param>
/// <param name="Depth">How many elements it stands in.</param>
/// <param name="IsEmpty">Whether the element ends with it.</param>
internal sealed record XmppTag(string Namespace, string Name, int Depth, bool IsEmpty)
{
    internal bool Is(string name, string inNamespace) => Name.Equals(name, StringComparison.Ordinal) && Namespace.Equals(inNamespace, StringComparison.Ordinal);
}
