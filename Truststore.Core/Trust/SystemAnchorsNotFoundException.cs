using System.Diagnostics.CodeAnalysis;

namespace Truststore;

/// <summary>The operating system has no trust anchors, or those that its settings name cannot be used; the message lists the places and says what to do.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "The places are always known.")]
public sealed class SystemAnchorsNotFoundException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing, where it was looked for, and what to do; lines stay, other characters that cannot be seen are escaped.</param>
    /// <param name="tried">Every place that was looked at, in that order, with what was found there.</param>
    public SystemAnchorsNotFoundException(string message, IReadOnlyList<SystemAnchorsSource> tried)
        : base(SafeText.ShowLines(message))
    {
        ArgumentNullException.ThrowIfNull(tried);
        Tried = tried;
    }

    /// <summary>Every place that was looked at, in that order, with what was found there.</summary>
    public IReadOnlyList<SystemAnchorsSource> Tried { get; }
}
