using System.Diagnostics.CodeAnalysis;
using System.Security.Authentication;

namespace Truststore;

/// <summary>A peer's certificate chain is not trusted. The message says what is wrong, with which certificate, and what to do about it. Python: <c>ssl.SSLCertVerificationError</c>.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "There is no such exception without a verdict.")]
public sealed class CertificateVerificationException : AuthenticationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="result">The verdict; not trusted.</param>
    /// <param name="referenceIdentifier">The name that was asked for, or <see langword="null"/>.</param>
    /// <param name="innerException">The cause, if any.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> is trusted.</exception>
    public CertificateVerificationException(ChainVerificationResult result, ReferenceIdentifier? referenceIdentifier = null, Exception? innerException = null)
        : base(VerificationExplanation.Write(result, referenceIdentifier), innerException)
    {
        Result = result;
        ReferenceIdentifier = referenceIdentifier;
    }

    /// <summary>The verdict.</summary>
    public ChainVerificationResult Result { get; }

    /// <summary>The name that was asked for, or <see langword="null"/>.</summary>
    public ReferenceIdentifier? ReferenceIdentifier { get; }

    /// <summary>The gravest reason.</summary>
    public FailureReason Reason => Result.Failures[0].Reason;
}
