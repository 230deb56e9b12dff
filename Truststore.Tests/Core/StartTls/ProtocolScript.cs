namespace Truststore.Tests.Core.Negotiation;

/// <summary>A protocol as data: how an upgrade goes well, and how it does not.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Good">The way to the go-ahead.</param>
internal sealed record ProtocolScript(StartTlsProtocol Protocol, params IReadOnlyList<ScriptStep> Good)
{
    /// <summary>Servers that do not know TLS; each is the end of the script from some server step on.</summary>
    internal IReadOnlyList<(int From, string Words)> NotOffered { get; init; } = [];

    /// <summary>Servers that do not want to.</summary>
    internal IReadOnlyList<(int From, string Words)> Refused { get; init; } = [];

    /// <summary>Words that have no place there.</summary>
    internal IReadOnlyList<(int From, string Words)> Unexpected { get; init; } = [];

    /// <summary>Words, the last of which is said for ever.</summary>
    internal IReadOnlyList<(int From, string Words, string Repeated)> Endless { get; init; } = [];

    /// <summary>The server's steps by index in <see cref="Good"/>.</summary>
    internal IEnumerable<int> ServerSteps => Enumerable.Range(0, Good.Count).Where(i => Good[i].IsServer);

    /// <summary>The script up to a server's step, which is replaced.</summary>
    internal IReadOnlyList<ScriptStep> With(int from, string words) => [.. Good.Take(from), ScriptStep.S(words)];

    /// <summary>What the client says in a script.</summary>
    internal static byte[] ClientWords(IEnumerable<ScriptStep> script) => [.. script.Where(s => !s.IsServer).SelectMany(s => s.Bytes)];

    public override string ToString() => Protocol.ToString();
}
