using System.CommandLine;
using Truststore.Cli.Output;
using Truststore.Cli.Output.Json;
using Truststore.Cli.Probing;

namespace Truststore.Cli.Commands;

/// <summary><c>truststore check HOST[:PORT]</c>: connects and judges the server.</summary>
internal sealed class CheckCommand(CliEnvironment environment)
{
    private const double DefaultTimeout = 10;
    private const double MaxTimeout = 3600;

    private readonly Argument<Endpoint> _endpoint = new("HOST[:PORT]")
    {
        Description = "The server: a DNS name, an IPv4 address or an IPv6 address in brackets; the port is 443 unless given, and with --starttls the protocol's own.",
        CustomParser = result => OptionParsers.Parse(result, Endpoint.Parse),
    };

    private readonly Option<StartTlsProtocol?> _startTls = new("--starttls")
    {
        Description = $"Begin in plaintext and upgrade to TLS. One of {string.Join(", ", StartTlsNames.All)}.",
        HelpName = "PROTOCOL",
        CustomParser = result => OptionParsers.Parse<StartTlsProtocol?>(result, text => StartTlsNames.Parse(text)),
    };

    private readonly Option<ReferenceIdentifier?> _serverName = new("--servername")
    {
        Description = "Ask for and verify this name instead of HOST.",
        HelpName = "NAME",
        CustomParser = result => OptionParsers.Parse(result, OptionParsers.HostName),
    };

    private readonly Option<string[]?> _alpn = new("--alpn")
    {
        Description = "Offer these application protocols, the preferred one first, as in h2,http/1.1.",
        HelpName = "PROTOCOLS",
        CustomParser = result => OptionParsers.Parse(result, text => text.Split(',', StringSplitOptions.TrimEntries)),
    };

    private readonly Option<TlsProtocolVersion?> _minimum = TlsVersion("--min-tls", "The lowest TLS version to speak. [default: 1.2]");

    private readonly Option<TlsProtocolVersion?> _maximum = TlsVersion("--max-tls", "The highest TLS version to speak. [default: the highest there is]");

    private readonly Option<TimeSpan?> _timeout = new("--timeout")
    {
        Description = "Give up when there is no verdict after so many seconds. [default: 10]",
        HelpName = "SECONDS",
        CustomParser = result => OptionParsers.Parse<TimeSpan?>(result, text => OptionParsers.Seconds(text, MaxTimeout)),
    };

    private readonly Option<bool> _json = OptionParsers.Json();
    private readonly TrustOptions _trust = new();

    internal Command Create()
    {
        var command = new ToolCommand("check", "Connects to a server, does a TLS handshake and shows protocol, cipher suite, certificate chain and verdict.")
        {
            _endpoint,
            _startTls,
            _serverName,
            _alpn,
            _minimum,
            _maximum,
            _timeout,
            _json,
        };
        command.ExitCodes =
        [
            (ExitCode.Success, "trusted"),
            (ExitCode.Rejected, "rejected"),
            (ExitCode.NotConnected, "no verdict: no connection, no upgrade to TLS, or the TLS handshake failed before one"),
            (ExitCode.Usage, "wrong arguments, or a file that cannot be used"),
        ];
        command.Examples = ["truststore check example.com", "truststore check --starttls smtp mail.example.com:587", "truststore check [2001:db8::1]:8443 --servername example.com --cafile corp-root.pem"];
        _trust.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var startTls = parsed.GetValue(_startTls);
        var endpoint = Resolve(parsed.GetValue(_endpoint)!, startTls);
        var identity = parsed.GetValue(_serverName) ?? endpoint.Identity;
        var context = CreateContext(parsed);
        var timeout = parsed.GetValue(_timeout) ?? TimeSpan.FromSeconds(DefaultTimeout);
        var result = await new TlsProbe(environment, context, timeout) { StartTls = startTls }.RunAsync(endpoint, identity, cancellationToken);
        var exitCode = result.Verdict switch
        {
            null => ExitCode.NotConnected,
            { IsTrusted: true } => ExitCode.Success,
            _ => ExitCode.Rejected,
        };
        if (parsed.GetValue(_json))
        {
            await JsonOutput.WriteAsync(environment.Out, CheckReport.From(endpoint, identity, result, context), CliJsonContext.Default.CheckReport);
        }
        else if (result.Verdict is { } verdict)
        {
            new CheckWriter(environment.Console).Write(endpoint, identity, result.Connection, new VerdictView(verdict, identity, context.AddedAnchors));
        }
        else
        {
            await environment.WriteErrorAsync(result.Error!);
        }

        return exitCode;
    }

    private static Endpoint Resolve(Endpoint endpoint, StartTlsProtocol? startTls) =>
        startTls is { } protocol && !endpoint.HasPort ? endpoint with { Port = StartTls.GetDefaultPort(protocol) } : endpoint;

    private TlsContext CreateContext(ParseResult parsed)
    {
        var context = _trust.CreateContext(parsed, environment);
        context.MinimumVersion = parsed.GetValue(_minimum) ?? context.MinimumVersion;
        context.MaximumVersion = parsed.GetValue(_maximum) ?? context.MaximumVersion;
        if (parsed.GetValue(_minimum) > parsed.GetValue(_maximum))
        {
            throw new UsageException("--min-tls is above --max-tls: no version is left.");
        }

        try
        {
            context.SetAlpnProtocols(parsed.GetValue(_alpn) ?? []);
        }
        catch (ArgumentException error)
        {
            throw new UsageException("--alpn: " + Endpoint.WithoutParameterName(error), error);
        }

        return context;
    }

    private static Option<TlsProtocolVersion?> TlsVersion(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "1.2|1.3",
        CustomParser = result => OptionParsers.Parse<TlsProtocolVersion?>(result, text => OptionParsers.TlsVersion(text)),
    };
}
