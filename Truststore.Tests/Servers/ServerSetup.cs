namespace Truststore.Tests.Servers;

/// <summary>How one server program is set up and started.</summary>
internal abstract class ServerSetup
{
    /// <summary>The program: its name in the search path, or where its package has it.</summary>
    internal abstract string Program { get; }

    /// <summary>The Debian packages that have it.</summary>
    internal abstract string Packages { get; }

    /// <summary>As whom it runs where the tests run as root; <see langword="null"/> for root.</summary>
    internal virtual string? User => null;

    /// <summary>Whether it does not start without root.</summary>
    internal virtual bool NeedsRoot => false;

    /// <summary>How many ports it listens on.</summary>
    internal virtual int PortCount => 1;

    /// <summary>Environment variables of the program, as NAME=VALUE.</summary>
    internal virtual IEnumerable<string> EnvironmentOf(ServerFolder folder) => [];

    /// <summary>Writes the configuration.</summary>
    /// <returns>The program's arguments, with which it stays in the foreground.</returns>
    internal abstract IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports);

    /// <summary>Does what has to be done before the start, once the folder belongs to the program's user.</summary>
    internal virtual Task PrepareAsync(ServerFolder folder) => Task.CompletedTask;

    /// <summary>Does what has to be done after the server has ended.</summary>
    internal virtual Task CleanUpAsync(ServerFolder folder, IReadOnlyList<int> ports) => Task.CompletedTask;

    /// <summary>Runs another program of the server's as the server's user and in its environment.</summary>
    protected Task RunAsync(ServerFolder folder, string program, params IEnumerable<string> arguments)
    {
        IReadOnlyList<string> command = [.. Commands.As(User), "/usr/bin/env", .. EnvironmentOf(folder), program, .. arguments];
        return Commands.RunAsync(command[0], command.Skip(1));
    }
}
