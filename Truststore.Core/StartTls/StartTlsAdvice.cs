namespace Truststore;

/// <summary>What to do about an upgrade that failed.</summary>
internal static class StartTlsAdvice
{
    /// <summary>One sentence for people.</summary>
    internal static string For(StartTlsFailureReason reason) => reason switch
    {
        StartTlsFailureReason.NotOffered => "Switch TLS on at the server, or use a port that speaks TLS from the first byte; if the server does offer it elsewhere, somebody on the way takes the offer away.",
        StartTlsFailureReason.Refused => "Ask the server's operator, or try again later.",
        StartTlsFailureReason.UnexpectedReply => "Check the host, the port and that the protocol is the one spoken there; a port that speaks TLS from the first byte needs no upgrade.",
        StartTlsFailureReason.InjectedData => "Do not use this connection: the server is broken, or somebody on the way writes into it (CVE-2011-0411).",
        StartTlsFailureReason.LimitExceeded => "Check that the protocol is the one spoken there; StartTlsOptions has the limits.",
        StartTlsFailureReason.Timeout => "Check the host, the port and the protocol; StartTlsOptions.Timeout waits longer.",
        StartTlsFailureReason.ConnectionClosed => "Check the port and the protocol, and the server's log.",
        _ => "Check that the server has a TLS version and a cipher suite in common with this context, and its log.",
    };
}
