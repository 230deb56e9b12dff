using System.Net;
using System.Net.Sockets;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Servers;

/// <summary>A server program of the system on ports of loopback, with a folder of its own. Ends, with its children, when it is disposed of.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly ServerSetup _setup;
    private readonly ChildProcess _process;

    private ServerProcess(ServerSetup setup, ChildProcess process, ServerFolder folder, IReadOnlyList<int> ports)
    {
        _setup = setup;
        _process = process;
        Folder = folder;
        Ports = ports;
    }

    internal ServerFolder Folder { get; }

    /// <summary>Where it listens, in the order of its setup.</summary>
    internal IReadOnlyList<int> Ports { get; }

    /// <summary>Skips the test where the program is not installed or cannot run; under CI a missing program is a failure.</summary>
    internal static void Require(ServerSetup setup)
    {
        if (ChildProcess.Find(setup.Program) is null)
        {
            TestPrerequisites.Missing($"the program {setup.Program}: 'apt-get install --no-install-recommends {setup.Packages}'");
        }

        if (setup.NeedsRoot && !Environment.IsPrivilegedProcess)
        {
            Assert.Ignore($"Skipped: {setup.Program} starts as root only; run the tests as root.");
        }
    }

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="setup">What to start.</param>
    /// <param name="sentChain">What it sends, its own certificate first.</param>
    internal static async Task<ServerProcess> StartAsync(ServerSetup setup, IReadOnlyList<IssuedCertificate> sentChain)
    {
        for (var attempt = 1; ; attempt++)
        {
            var folder = new ServerFolder(sentChain);
            try
            {
                return await StartAsync(setup, folder);
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                // A port was taken in the meantime.
                folder.Dispose();
            }
            catch
            {
                folder.Dispose();
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Terminate(s_farewell);
        _process.Dispose();
        await _setup.CleanUpAsync(Folder, Ports);
        Folder.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(ServerSetup setup, ServerFolder folder)
    {
        var ports = FreePort.Find(setup.PortCount);
        var arguments = setup.Configure(folder, ports).ToList();
        if (Environment.IsPrivilegedProcess && setup.User is { } user)
        {
            await folder.GiveToAsync(user);
        }

        await setup.PrepareAsync(folder);
        IReadOnlyList<string> command = [.. Commands.As(setup.User), "/usr/bin/env", .. setup.EnvironmentOf(folder), ChildProcess.Find(setup.Program)!, .. arguments];
        var process = ChildProcess.Start(command[0], command.Skip(1));
        try
        {
            foreach (var port in ports)
            {
                await WaitForPortAsync(process, setup, port);
            }

            return new ServerProcess(setup, process, folder, ports);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    private static async Task WaitForPortAsync(ChildProcess process, ServerSetup setup, int port)
    {
        using var patience = new CancellationTokenSource(Patience.OfAProgram);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                if (!process.HasExited)
                {
                    return;
                }
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Delay(s_pause, patience.Token);
                continue;
            }
            catch (SocketException)
            {
                // Below.
            }

            // Where a connection came about all the same, the port was taken by another program.
            throw new InvalidOperationException($"{setup.Program} did not start: {await process.ReadToEndAsync(patience.Token)}");
        }
    }
}
