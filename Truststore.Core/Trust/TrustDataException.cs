using System.Diagnostics.CodeAnalysis;

namespace Truststore;

/// <summary>A file, directory or block of trust anchors cannot be used; the message says where and why.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "A source is always known.")]
public sealed class TrustDataException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, and what to do; characters that cannot be seen are escaped.</param>
    /// <param name="source">The file or directory, or the name of the parameter.</param>
    /// <param name="innerException">The cause, if any.</param>
    public TrustDataException(string message, string source, Exception? innerException = null)
        : base(SafeText.Show(message), innerException)
    {
        TrustSource = source;
    }

    /// <summary>The file or directory, or the name of the parameter that held the data.</summary>
    public string TrustSource { get; }

    /// <summary>The exception and its cause with their stack traces, as a log has them.</summary>
    /// <returns>The text; characters that cannot be seen are escaped, also in the words of the cause, which may quote the name of a file.</returns>
    public override string ToString() => SafeText.ShowLines(base.ToString());
}
