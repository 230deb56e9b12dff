namespace Truststore.Cli.Output;

/// <summary>What the advice of <see cref="FailureAdvice"/>, which speaks to programmers, means on the command line.</summary>
internal static class CommandLineAdvice
{
    /// <summary>One sentence, or <see langword="null"/> where no option helps.</summary>
    internal static string? For(FailureReason reason) => reason switch
    {
        FailureReason.SelfSigned or FailureReason.UntrustedRoot or FailureReason.IssuerNotFound => "On this command line, --cafile FILE does what LoadVerifyLocations does.",
        FailureReason.NonConformingCertificate => "On this command line, --strict is what asks for the Strict profile.",
        FailureReason.HostnameMismatch => "On this command line, check --servername and verify --host say which name is asked for.",
        _ => null,
    };
}
