namespace Truststore.Cli.Output.Json;

/// <summary>One failure in JSON.</summary>
/// <param name="Reason">The member of <see cref="FailureReason"/>.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="CertificateIndex">The position in the path, or <see langword="null"/> where no one certificate is at fault.</param>
/// <param name="Advice">What to do.</param>
/// <param name="NativeCode">The operating system's code, or <see langword="null"/>.</param>
internal sealed record FailureItem(FailureReason Reason, string Message, int? CertificateIndex, string Advice, int? NativeCode)
{
    internal static FailureItem From(VerificationFailure failure) => new(
        failure.Reason,
        failure.Message,
        failure.CertificateIndex < 0 ? null : failure.CertificateIndex,
        FailureAdvice.For(failure.Reason),
        failure.NativeCode);
}
