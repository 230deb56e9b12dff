using System.CommandLine;
using Truststore.Cli.Output;
using Truststore.Cli.Output.Json;

namespace Truststore.Cli.Commands;

/// <summary><c>truststore verify FILE</c>: judges a chain from a file without any connection.</summary>
internal sealed class VerifyCommand(CliEnvironment environment)
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "The chain, end-entity certificate first: PEM blocks (text around them and other blocks do not matter) or DER; - for the standard input.",
    };

    private readonly Option<ReferenceIdentifier?> _host = new("--host")
    {
        Description = "The name that the end-entity certificate must be for: a DNS name or an IP address, for a client also an e-mail address.",
        HelpName = "NAME",
    };

    private readonly Option<DateTimeOffset?> _time = new("--time")
    {
        Description = "Judge as of this time, ISO 8601, UTC unless it has an offset. [default: now]",
        HelpName = "TIME",
        CustomParser = result => OptionParsers.Parse<DateTimeOffset?>(result, text => OptionParsers.Time(text)),
    };

    private readonly Option<PeerPurpose> _purpose = new("--purpose")
    {
        Description = "What the end-entity certificate is used for. [default: server]",
        HelpName = "server|client",
        CustomParser = result => OptionParsers.Parse(result, OptionParsers.Purpose),
    };

    private readonly Option<bool> _json = OptionParsers.Json();
    private readonly TrustOptions _trust = new();

    internal Command Create()
    {
        _host.CustomParser = result => OptionParsers.Parse(result, ReadHost);
        var command = new ToolCommand("verify", "Judges a certificate chain from a file, offline.")
        {
            _file,
            _host,
            _time,
            _purpose,
            _json,
        };
        command.ExitCodes = [(ExitCode.Success, "trusted"), (ExitCode.Rejected, "rejected"), (ExitCode.Usage, "wrong arguments, or a file that cannot be used")];
        command.Examples = ["truststore verify fullchain.pem --host example.com --time 2027-01-01", "openssl s_client -connect example.com:443 -showcerts </dev/null | truststore verify - --host example.com"];
        _trust.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(_file)!;
        var host = parsed.GetValue(_host);
        var purpose = parsed.GetValue(_purpose);
        if (host is null && purpose == PeerPurpose.ServerAuthentication)
        {
            throw new UsageException("--host NAME is required: a server certificate is good only for a name. (--purpose client does without.)");
        }

        var context = _trust.CreateContext(parsed, environment);
        var chain = await ChainFile.ReadAsync(file, environment, cancellationToken);

        // The context's own question, so that whatever the options put into it counts here as it does in a handshake.
        var request = context.CreateRequest(PeerCertificate.CreateChain(chain)) with { ReferenceIdentifier = host, CheckHostname = host is not null, Purpose = purpose };
        request = parsed.GetValue(_time) is { } time ? request with { VerificationTime = time } : request;
        var view = new VerdictView(environment.Verifier().Verify(request), host, context.AddedAnchors);
        if (parsed.GetValue(_json))
        {
            await JsonOutput.WriteAsync(environment.Out, VerifyReport.From(file, request, view), CliJsonContext.Default.VerifyReport);
        }
        else
        {
            new VerdictWriter(environment.Console, "in the file").Write(host?.Value ?? file, view);
        }

        return view.Result.IsTrusted ? ExitCode.Success : ExitCode.Rejected;
    }

    private static ReferenceIdentifier? ReadHost(string text)
    {
        if (!text.Contains('@', StringComparison.Ordinal))
        {
            return OptionParsers.HostName(text);
        }

        try
        {
            return ReferenceIdentifier.ParseEmail(text);
        }
        catch (ArgumentException error)
        {
            throw new UsageException(Probing.Endpoint.WithoutParameterName(error), error);
        }
    }
}
