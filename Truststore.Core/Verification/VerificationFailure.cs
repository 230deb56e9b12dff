namespace Truststore;

/// <summary>One thing that is wrong with a peer chain.</summary>
/// <param name="Reason">The reason, the same on every platform.</param>
/// <param name="Message">One sentence for people: what was expected and what was presented; characters that cannot be seen are escaped, and 1,000 characters are shown at most.</param>
/// <param name="CertificateIndex">The position in <see cref="ChainVerificationResult.Path"/>, 0 being the end-entity certificate; -1 where no one certificate is at fault.</param>
/// <param name="NativeCode">The code of the operating system (HRESULT, OSStatus), where one gave the verdict.</param>
public sealed record VerificationFailure(FailureReason Reason, string Message, int CertificateIndex = -1, int? NativeCode = null)
{
    private const int MaxMessageLength = 1000;

    /// <summary>One sentence for people: what was expected and what was presented; characters that cannot be seen are escaped, and 1,000 characters are shown at most.</summary>
    public string Message { get; init => field = SafeText.Show(value, MaxMessageLength); } = SafeText.Show(Message, MaxMessageLength);
}
