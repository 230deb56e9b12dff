using Spectre.Console;

namespace Truststore.Cli;

/// <summary>Everything outside the tool that the tool uses, so that tests can give it their own.</summary>
internal sealed record CliEnvironment
{
    private const int RedirectedWidth = 120;

    /// <summary>Where people read; over <see cref="Out"/>.</summary>
    internal required IAnsiConsole Console { get; init; }

    /// <summary>Where programs read: JSON, PEM and help go here without being wrapped.</summary>
    internal required TextWriter Out { get; init; }

    /// <summary>Where errors and notes go.</summary>
    internal required TextWriter Error { get; init; }

    /// <summary>Opens the standard input.</summary>
    internal Func<Stream> OpenInput { get; init; } = System.Console.OpenStandardInput;

    /// <summary>Makes a context, with the system's anchors or without.</summary>
    internal Func<bool, TlsContext> CreateContext { get; init; } = useSystemAnchors => TlsContext.CreateDefault(useSystemAnchors);

    /// <summary>The verifier for what a context does not ask.</summary>
    internal Func<IChainVerifier> Verifier { get; init; } = () => SystemTrust.Verifier;

    /// <summary>The system's anchors.</summary>
    internal Func<SystemAnchors> Anchors { get; init; } = () => SystemTrust.Anchors;

    /// <summary>Opens a TCP connection to a host and port.</summary>
    internal Func<string, int, CancellationToken, Task<Stream>> ConnectAsync { get; init; } = Probing.TcpConnector.ConnectAsync;

    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Writes an error or a note. Only lists of places have lines; what stands in them is clean by then.</summary>
    internal Task WriteErrorAsync(string message) => Error.WriteLineAsync("truststore: " + SafeText.ShowLines(message).ReplaceLineEndings());

    /// <summary>The process's own console.</summary>
    internal static CliEnvironment ForProcess()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (System.Console.IsOutputRedirected)
        {
            // Spectre.Console goes by TERM alone and would colour a file.
            console.Profile.Capabilities.Ansi = false;
            console.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
            console.Profile.Width = RedirectedWidth;
        }

        return new CliEnvironment { Console = console, Out = System.Console.Out, Error = System.Console.Error };
    }
}
