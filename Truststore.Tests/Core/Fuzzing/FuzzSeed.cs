namespace Truststore.Tests.Core.Fuzzing;

/// <summary>A sound input that others are made of.</summary>
internal sealed class FuzzSeed(byte[] data)
{
    internal byte[] Data { get; } = data;

    internal DerTree Tree { get; } = DerTree.Read(data);
}
