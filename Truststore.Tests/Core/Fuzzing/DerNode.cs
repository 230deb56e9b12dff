namespace Truststore.Tests.Core.Fuzzing;

/// <summary>One value in an encoding.</summary>
/// <param name="Start">Where its tag stands.</param>
/// <param name="ContentStart">Where its content begins.</param>
/// <param name="End">Where its content ends.</param>
/// <param name="Parent">The position in <see cref="DerTree.Nodes"/> of the value that it stands in, or -1.</param>
internal readonly record struct DerNode(int Start, int ContentStart, int End, int Parent);
