using System.CommandLine;
using Truststore.Cli.Output;
using Truststore.Cli.Output.Json;

namespace Truststore.Cli.Commands;

/// <summary><c>truststore anchors [SEARCH]</c>: lists the system's trust anchors.</summary>
internal sealed class AnchorsCommand(CliEnvironment environment)
{
    private readonly Argument<string?> _search = new("SEARCH")
    {
        Description = "Only anchors with this in their subject, SHA-256 fingerprint, serial number, or the SHA-256 hash of their public key (hexadecimal with or without colons, or base64 as in sha256/…).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _pem = new("--pem") { Description = "Print the anchors as PEM blocks, each under its subject." };
    private readonly Option<bool> _json = OptionParsers.Json();

    internal Command Create()
    {
        var command = new ToolCommand("anchors", "Lists the trust anchors that this system has, where they come from and where they were looked for.")
        {
            _search,
            _pem,
            _json,
        };
        command.ExitCodes = [(ExitCode.Success, "found"), (ExitCode.Rejected, "nothing matches"), (ExitCode.Usage, "wrong arguments, or no trust anchors on this system")];
        command.Examples = ["truststore anchors", "truststore anchors \"ISRG Root\" --pem"];
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var search = parsed.GetValue(_search);
        if (parsed.GetValue(_pem) && parsed.GetValue(_json))
        {
            throw new UsageException("--pem and --json exclude each other.");
        }

        if (search is not null && string.IsNullOrWhiteSpace(search))
        {
            throw new UsageException("SEARCH is empty; leave it out to list all anchors.");
        }

        var anchors = environment.Anchors();
        var all = anchors.List();
        var matches = search is null ? all : [.. all.Where(new AnchorSearch(search).Matches)];
        if (parsed.GetValue(_json))
        {
            await JsonOutput.WriteAsync(environment.Out, AnchorsReport.From(anchors.Describe(), search, matches), CliJsonContext.Default.AnchorsReport);
        }
        else if (parsed.GetValue(_pem))
        {
            foreach (var anchor in matches)
            {
                await environment.Out.WriteLineAsync("# " + CertificateText.Name(anchor.Certificate));
                await environment.Out.WriteLineAsync(anchor.Certificate.ExportPem());
            }
        }
        else
        {
            new AnchorsWriter(environment.Console).Write(anchors.Describe(), search, matches);
        }

        return matches.Count > 0 ? ExitCode.Success : ExitCode.Rejected;
    }
}
