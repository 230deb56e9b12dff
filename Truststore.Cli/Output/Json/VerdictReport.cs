using System.Security.Cryptography;

namespace Truststore.Cli.Output.Json;

/// <summary>A verdict in JSON.</summary>
/// <param name="Trusted">Whether the chain is trusted.</param>
/// <param name="Explanation">Why it is not, in words; else <see langword="null"/>.</param>
/// <param name="Failures">What is wrong, the gravest first.</param>
/// <param name="Path">The verified path, end-entity certificate to anchor; of a rejected chain the most promising one, as far as it goes.</param>
/// <param name="PeerChain">What the peer sent, in PEM, the end-entity certificate first.</param>
internal sealed record VerdictReport(
    bool Trusted,
    string? Explanation,
    IReadOnlyList<FailureItem> Failures,
    IReadOnlyList<PathItem> Path,
    IReadOnlyList<string> PeerChain)
{
    internal static VerdictReport From(VerdictView view) => new(
        view.Result.IsTrusted,
        view.Explanation,
        [.. view.Result.Failures.Select(FailureItem.From)],
        [.. view.Path.Select(PathItem.From)],
        [.. view.Result.PeerChain.Select(der => PemEncoding.WriteString("CERTIFICATE", der.Span))]);
}
