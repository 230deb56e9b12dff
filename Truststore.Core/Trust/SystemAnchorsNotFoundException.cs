using System.Diagnostics.CodeAnalysis;

namespace Truststore;

/// <summary>This machine has no trust anchors where they are looked for.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "What was tried is always known.")]
public sealed class SystemAnchorsNotFoundException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was looked for, and what to install or set.</param>
    /// <param name="tried">Every place that was looked at.</param>
    public SystemAnchorsNotFoundException(string message, IReadOnlyList<SystemAnchorsSource> tried)
        : base(message) => Tried = tried;

    /// <summary>Every place that was looked at, and what was found there.</summary>
    public IReadOnlyList<SystemAnchorsSource> Tried { get; }
}
