namespace Truststore.Tests.Linux.Differential;

/// <summary>Why verifiers answer differently about a certain kind of chain.</summary>
/// <param name="Name">What the kind is called.</param>
/// <param name="Right">Who is right.</param>
/// <param name="Reason">Why, with the section of the standard.</param>
/// <param name="Applies">Whether the objection is of the kind: as narrow as can be.</param>
internal sealed record Cause(string Name, Party Right, string Reason, Func<Dispute, bool> Applies);
