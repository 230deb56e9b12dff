using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Servers;

/// <summary>Programs that do one thing and end.</summary>
internal static class Commands
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    internal static async Task RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var patience = new CancellationTokenSource(Patience.OfAProgram);
        using var process = ChildProcess.Start(program, arguments);
        var exitCode = await process.WaitForExitAsync(patience.Token);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {exitCode}: {await process.ReadToEndAsync(patience.Token)}");
        }
    }

    /// <summary>The beginning of a command line that runs a program as another user, where this process may; else nothing. The program keeps the process id.</summary>
    internal static IEnumerable<string> As(string? user) =>
        user is null || !Environment.IsPrivilegedProcess ? [] : [ChildProcess.Require("setpriv"), $"--reuid={user}", $"--regid={user}", "--init-groups"];

    /// <summary>The user as whom <see cref="As"/> runs a program.</summary>
    internal static string UserOf(string? user) => user is null || !Environment.IsPrivilegedProcess ? Environment.UserName : user;
}
