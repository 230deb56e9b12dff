using System.Globalization;
using Spectre.Console;

namespace Truststore.Cli.Output;

/// <summary>Writes a list of trust anchors for people.</summary>
internal sealed class AnchorsWriter(IAnsiConsole console)
{
    internal void Write(SystemAnchorsDescription description, string? search, IReadOnlyList<TrustAnchor> matches)
    {
        if (matches.Count > 0)
        {
            console.Write(CreateTable(matches));
        }

        console.WriteText(search is null
            ? string.Create(CultureInfo.InvariantCulture, $"{description.Count} trust anchors")
            : string.Create(CultureInfo.InvariantCulture, $"{matches.Count} of {description.Count} trust anchors match '{search}'"));
        WriteSources("From", description.Sources);
        WriteSources("Looked at", [.. description.Tried.Except(description.Sources)]);
    }

    private static Table CreateTable(IReadOnlyList<TrustAnchor> matches)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("Subject").AddColumn("Expires").AddColumn("Key").AddColumn("SHA-256");
        foreach (var anchor in matches)
        {
            var certificate = anchor.Certificate;
            table.AddRow(
                ConsoleText.Of(CertificateText.Name(certificate) + Restriction(anchor)),
                ConsoleText.Of(CertificateText.Date(certificate.NotAfter)),
                ConsoleText.Of(CertificateText.Key(certificate.PublicKey)),
                ConsoleText.Of(CertificateText.ShortFingerprint(certificate)));
        }

        table.Columns[1].NoWrap();
        table.Columns[2].NoWrap();
        table.Columns[3].NoWrap();
        return table;
    }

    private static string Restriction(TrustAnchor anchor) =>
        anchor.TrustedUsages is null && anchor.RejectedUsages.Count == 0 ? string.Empty
        : anchor.IsTrustedFor(PeerPurpose.ServerAuthentication) ? " (restricted)"
        : " (not for TLS servers)";

    private void WriteSources(string name, IReadOnlyList<SystemAnchorsSource> sources)
    {
        foreach (var source in sources)
        {
            console.WriteField(name, string.Create(CultureInfo.InvariantCulture, $"{source.Location}: {source.Count}{(source.Remark.Length > 0 ? $" ({source.Remark})" : string.Empty)}"));
        }
    }
}
