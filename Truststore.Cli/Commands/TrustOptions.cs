using System.CommandLine;

namespace Truststore.Cli.Commands;

/// <summary>The options that say whom to trust, the same for every command that judges.</summary>
internal sealed class TrustOptions
{
    private readonly Option<string[]> _caFiles = new("--cafile")
    {
        Description = "Trust the certificates in this file too, and reject what its revocation lists name: PEM blocks or DER. May be repeated.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _caPaths = new("--capath")
    {
        Description = "Trust the certificates in this directory too, and reject what its revocation lists name; as 'openssl rehash' prepares it. May be repeated.",
        HelpName = "DIRECTORY",
    };

    private readonly Option<bool> _noSystemAnchors = new("--no-system-anchors")
    {
        Description = "Leave the system's trust anchors out: only --cafile and --capath count.",
    };

    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Judge by the Strict profile: all of RFC 5280 and the CA/Browser Forum's rules, not only what protects people.",
    };

    internal void AddTo(Command command)
    {
        command.Options.Add(_caFiles);
        command.Options.Add(_caPaths);
        command.Options.Add(_noSystemAnchors);
        command.Options.Add(_strict);
    }

    /// <summary>Makes a context as the options say.</summary>
    /// <exception cref="UsageException">The options leave nothing to trust.</exception>
    /// <exception cref="TrustDataException">A file or directory cannot be used.</exception>
    internal TlsContext CreateContext(ParseResult parsed, CliEnvironment environment)
    {
        var caFiles = parsed.GetValue(_caFiles) ?? [];
        var caPaths = parsed.GetValue(_caPaths) ?? [];
        if (parsed.GetValue(_noSystemAnchors) && caFiles.Length + caPaths.Length == 0)
        {
            throw new UsageException("--no-system-anchors leaves nothing to trust; name a CA by --cafile or --capath.");
        }

        var context = environment.CreateContext(!parsed.GetValue(_noSystemAnchors));
        context.TimeProvider = environment.TimeProvider;
        if (parsed.GetValue(_strict))
        {
            context.VerifyFlags |= TlsVerifyFlags.X509Strict;
        }

        foreach (var file in caFiles)
        {
            context.LoadVerifyLocations(caFile: file);
        }

        foreach (var directory in caPaths)
        {
            context.LoadVerifyLocations(caPath: directory);
        }

        return context;
    }
}
