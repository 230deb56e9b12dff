using System.Diagnostics.CodeAnalysis;
using System.Security.Authentication;
using Truststore.Negotiation;

namespace Truststore;

/// <summary>A connection could not be upgraded to TLS. It has been closed; nothing went on in plaintext.</summary>
/// <remarks>A server whose certificate is rejected is a <see cref="CertificateVerificationException"/> instead. Both are an <see cref="AuthenticationException"/>.</remarks>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "There is no such exception without a reason.")]
public sealed class StartTlsException : AuthenticationException
{
    internal StartTlsException(StartTlsProtocol protocol, string host, StartTlsStep step, StartTlsFailureReason reason, string what, string? serverSaid, Exception? inner = null)
        : base(SafeText.Show(Write(protocol, host, step, reason, what, serverSaid)), inner)
    {
        Protocol = protocol;
        Step = step;
        Reason = reason;
        ServerSaid = serverSaid;
    }

    /// <summary>The protocol that was spoken.</summary>
    public StartTlsProtocol Protocol { get; }

    /// <summary>How far the upgrade had come.</summary>
    public StartTlsStep Step { get; }

    /// <summary>Why it failed.</summary>
    public StartTlsFailureReason Reason { get; }

    /// <summary>What the server said at this step, fit for a terminal: characters that cannot be seen are escaped as in C#, octets that are not UTF-8 as <c>\xFF</c>, and 512 characters are shown at most.</summary>
    /// <value><see langword="null"/> where it said nothing. It came in plaintext: anyone on the way can have written it.</value>
    public string? ServerSaid { get; }

    private static string Write(StartTlsProtocol protocol, string host, StartTlsStep step, StartTlsFailureReason reason, string what, string? serverSaid)
    {
        var said = serverSaid is null ? string.Empty : $" The server said: \"{serverSaid}\".";
        return $"{NegotiatorTable.Get(protocol).Name} with {host} could not be upgraded to TLS ({reason}, {Describe(step)}): {what}{said} {StartTlsAdvice.For(reason)}";
    }

    private static string Describe(StartTlsStep step) => step switch
    {
        StartTlsStep.Greeting => "at the greeting",
        StartTlsStep.Capabilities => "when asked what it can do",
        StartTlsStep.Request => "when asked to begin with TLS",
        _ => "in the TLS handshake",
    };
}
