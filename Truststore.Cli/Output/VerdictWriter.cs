using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Truststore.Cli.Output;

/// <summary>Writes a verdict for people: the chain as a tree, the anchor at its root, and what is wrong in words.</summary>
/// <param name="console">Where to write.</param>
/// <param name="sent">How a certificate that the peer sent came here: "sent by the peer", or "in the file".</param>
internal sealed class VerdictWriter(IAnsiConsole console, string sent)
{
    private const int MaxUnused = 10;

    /// <summary>Writes a verdict.</summary>
    /// <param name="title">What was judged.</param>
    /// <param name="view">The verdict.</param>
    internal void Write(string title, VerdictView view)
    {
        var trusted = view.Result.IsTrusted;
        console.WriteField("Verdict", trusted ? "TRUSTED" : $"REJECTED ({string.Join(", ", view.Result.Failures.Select(f => f.Reason).Distinct())})", trusted ? ConsoleText.Good : ConsoleText.Bad);
        console.WriteLine();
        console.Write(CreateTree(title, view));
        if (view.Explanation is { } explanation)
        {
            console.WriteLine();
            console.WriteText(explanation);
            if (CommandLineAdvice.For(view.Result.Failures[0].Reason) is { } advice)
            {
                console.WriteText(advice, ConsoleText.Faint);
            }
        }
    }

    private Tree CreateTree(string title, VerdictView view)
    {
        var tree = new Tree(ConsoleText.Of(title, ConsoleText.Strong));
        IHasTreeNodes parent = tree;
        for (var i = view.Path.Count - 1; i >= 0; i--)
        {
            parent = parent.AddNode(Describe(view.Path[i], i));
        }

        foreach (var failure in view.GeneralFailures)
        {
            tree.AddNode(ConsoleText.Of($"{failure.Reason}: {failure.Message}", ConsoleText.Bad));
        }

        if (view.Unused.Count > 0)
        {
            var unused = tree.AddNode(ConsoleText.Of($"also {sent}, and not part of this path", ConsoleText.Faint));
            foreach (var der in view.Unused.Take(MaxUnused))
            {
                unused.AddNode(ConsoleText.Of(DescribeUnused(der), ConsoleText.Faint));
            }

            if (view.Unused.Count > MaxUnused)
            {
                unused.AddNode(ConsoleText.Of(string.Create(CultureInfo.InvariantCulture, $"and {view.Unused.Count - MaxUnused} more"), ConsoleText.Faint));
            }
        }

        return tree;
    }

    private Rows Describe(PathCertificate entry, int index)
    {
        var certificate = entry.Certificate;
        var lines = new List<IRenderable>
        {
            ConsoleText.Of(CertificateText.Name(certificate), entry.Failures.Count == 0 ? ConsoleText.Strong : ConsoleText.Bad),
            ConsoleText.Of(string.Create(CultureInfo.InvariantCulture, $"certificate {index}, {Origin(entry)}; {CertificateText.Key(certificate.PublicKey)}, signed with {certificate.SignatureAlgorithm}"), ConsoleText.Faint),
            ConsoleText.Of($"valid {CertificateText.Validity(certificate)}; SHA-256 {CertificateText.ShortFingerprint(certificate)}…", ConsoleText.Faint),
        };
        if (index == 0 && CertificateText.AlternativeNames(certificate) is { } names)
        {
            lines.Add(ConsoleText.Of(names, ConsoleText.Faint));
        }

        lines.AddRange(entry.Failures.Select(f => ConsoleText.Of($"{f.Reason}: {f.Message}", ConsoleText.Bad)));
        return new Rows(lines);
    }

    private string Origin(PathCertificate entry) => (entry.Anchor, entry.SentByPeer) switch
    {
        (AnchorOrigin.System, true) => $"trust anchor of the system, also {sent}",
        (AnchorOrigin.System, false) => "trust anchor of the system",
        (AnchorOrigin.Added, true) => $"added trust anchor, also {sent}",
        (AnchorOrigin.Added, false) => "added trust anchor",
        _ => sent,
    };

    private static string DescribeUnused(ReadOnlyMemory<byte> der)
    {
        try
        {
            return CertificateText.Name(CertificateInfo.Parse(der.Span));
        }
        catch (CertificateFormatException error)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{der.Length} bytes that are no certificate: {error.Message}");
        }
    }
}
