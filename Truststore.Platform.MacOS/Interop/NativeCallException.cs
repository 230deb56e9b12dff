using System.Diagnostics.CodeAnalysis;

namespace Truststore.Platform.MacOS.Interop;

/// <summary>A function of a framework failed; never leaves this project.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "The function is always known.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "It is caught where it can be answered.")]
internal sealed class NativeCallException : Exception
{
    /// <param name="function">The function.</param>
    /// <param name="problem">What it did.</param>
    /// <param name="status">The OSStatus, where the function gave one.</param>
    internal NativeCallException(string function, string problem, int? status = null)
        : base(SafeText.Show($"{function} {problem}"))
    {
        Function = function;
        Status = status;
    }

    internal string Function { get; }

    internal int? Status { get; }
}
