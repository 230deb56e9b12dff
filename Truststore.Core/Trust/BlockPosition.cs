namespace Truststore.Trust;

/// <summary>Where a certificate or revocation list stands in its source.</summary>
/// <param name="Source">The file, or the name of the parameter.</param>
/// <param name="Number">The block's number, from 1.</param>
/// <param name="Unit">What <paramref name="Offset"/> counts: lines from 1, or bytes from 0.</param>
/// <param name="Offset">Where the block begins.</param>
internal readonly record struct BlockPosition(string Source, int Number, string Unit, int Offset)
{
    internal static BlockPosition AtLine(string source, int number, int line) => new(source, number, "line", line);

    internal static BlockPosition AtByte(string source, int number, int offset) => new(source, number, "byte", offset);

    /// <summary>Makes the exception for this block.</summary>
    /// <param name="problem">What is wrong, and what to do; goes on after the block's name, without a full stop.</param>
    /// <param name="cause">The decoder's own error.</param>
    internal TrustDataException Error(string problem, Exception? cause = null) =>
        new($"Block {Number} ({Unit} {Offset}) of {SourceName.Quote(Source)} {problem}. Nothing was loaded.", Source, cause);
}
