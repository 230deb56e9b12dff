using System.Globalization;
using System.Text;

namespace Truststore;

/// <summary>Puts a verdict into words: what failed, for which name, what was presented, what to do, native text and code.</summary>
public static class VerificationExplanation
{
    private const int MaxFailures = 8;

    /// <summary>Explains why a chain is not trusted.</summary>
    /// <param name="result">The verdict; not trusted.</param>
    /// <param name="referenceIdentifier">The name that was asked for, or <see langword="null"/>.</param>
    /// <returns>A few sentences on one line, about eight failures at most; characters that cannot be seen are escaped.</returns>
    /// <exception cref="ArgumentException"><paramref name="result"/> is trusted.</exception>
    public static string Write(ChainVerificationResult result, ReferenceIdentifier? referenceIdentifier = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Failures.Count == 0)
        {
            throw new ArgumentException("The chain is trusted; there is nothing to explain.", nameof(result));
        }

        var first = result.Failures[0];
        var text = new StringBuilder("The certificate");
        if (referenceIdentifier is not null)
        {
            text.Append(" of '").Append(SafeText.ShowName(referenceIdentifier.Value)).Append('\'');
        }

        text.Append(" is not trusted: ");
        AppendFailure(text, result, first);
        for (var i = 1; i < Math.Min(result.Failures.Count, MaxFailures); i++)
        {
            text.Append(i == 1 ? " Also: " : " ");
            AppendFailure(text, result, result.Failures[i]);
        }

        if (result.Failures.Count > MaxFailures)
        {
            text.Append(CultureInfo.InvariantCulture, $" And {result.Failures.Count - MaxFailures} more failures.");
        }

        return text.Append(' ').Append(FailureAdvice.For(first)).ToString();
    }

    private static void AppendFailure(StringBuilder text, ChainVerificationResult result, VerificationFailure failure)
    {
        text.Append(failure.Message.AsSpan().TrimEnd('.'));
        if (failure.CertificateIndex >= 0 && failure.CertificateIndex < result.Path.Count)
        {
            text.Append(" (certificate ").Append(failure.CertificateIndex).Append(": ").Append(SafeText.ShowName(result.Path[failure.CertificateIndex])).Append(')');
        }

        if (failure.NativeCode is { } code)
        {
            text.Append(CultureInfo.InvariantCulture, $" [0x{code:X8}]");
        }

        text.Append('.');
    }
}
