using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Truststore.Platform.Windows.Interop;

/// <summary>A function of CryptoAPI failed; never leaves this project.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "The function is always known.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "It is caught where it can be answered.")]
internal sealed class NativeCallException(string function, int code, string text)
    : Exception(SafeText.Show(string.Create(CultureInfo.InvariantCulture, $"{function} failed with code 0x{code:X8}: {text.TrimEnd('.')}.")))
{
    internal string Function { get; } = function;

    /// <summary>The last error: an HRESULT, or a Win32 error.</summary>
    internal int Code { get; } = code;
}
