using System.Diagnostics;
using System.Threading.Channels;

namespace Truststore.Tests.Handshakes.Servers;

/// <summary>Another program, which ends at the latest with this object.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>How many lines are kept; a server that complains of every connection says more than that.</summary>
    private const int MostLines = 200;

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostLines) { FullMode = BoundedChannelFullMode.DropOldest });
    private int _openOutputs = 2;

    private ChildProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, e) => Receive(e.Data);
        _process.ErrorDataReceived += (_, e) => Receive(e.Data);
    }

    internal int Id => _process.Id;

    /// <summary>Finds a program, also where the search path of an ordinary user does not lead.</summary>
    /// <returns>Its path, or <see langword="null"/>.</returns>
    internal static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/usr/local/sbin", "/sbin"])
            .Where(folder => folder.Length > 0)
            .SelectMany(folder => new[] { Path.Combine(folder, program), Path.Combine(folder, program + ".exe") })
            .FirstOrDefault(File.Exists);

    /// <summary>Finds a program that a test cannot do without.</summary>
    internal static string Require(string program)
    {
        var path = Find(program);
        if (path is null)
        {
            TestPrerequisites.Missing($"the program {program}: install it, for instance by 'apt-get install {program}'");
        }

        return path!;
    }

    internal static ChildProcess Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // What the machine sets for OpenSSL is not to decide what a test server may present.
        start.Environment["OPENSSL_CONF"] = "/dev/null";
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits for a line of output.</summary>
    /// <exception cref="InvalidOperationException">The program ended or fell silent before.</exception>
    internal async Task<string> WaitForLineAsync(Predicate<string> isWanted)
    {
        var seen = new List<string>();
        using var patience = new CancellationTokenSource(Patience.OfAProgram);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                if (isWanted(line))
                {
                    return line;
                }

                seen.Add(line);
            }
        }
        catch (OperationCanceledException)
        {
            seen.Add($"(and then nothing for {Patience.OfAProgram})");
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} did not say what was waited for, but: {string.Join('\n', seen)}");
    }

    /// <summary>Whether the program has ended.</summary>
    internal bool HasExited => _process.HasExited;

    /// <summary>The last that the program has said and nobody has read, up to its end.</summary>
    internal async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            lines.Add(line);
        }

        return string.Join('\n', lines);
    }

    /// <summary>Asks the program to end, and waits for it.</summary>
    internal void Terminate(TimeSpan patience)
    {
        if (!_process.HasExited && NativeMethods.Kill(_process.Id, NativeMethods.Terminate) == 0)
        {
            _process.WaitForExit(patience);
        }
    }

    /// <summary>Writes a line to the program's standard input.</summary>
    internal async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line + "\n");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for the program to end on its own.</summary>
    /// <returns>Its exit code.</returns>
    internal async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Receive(string? line)
    {
        if (line is not null)
        {
            _lines.Writer.TryWrite(line);
        }
        else if (Interlocked.Decrement(ref _openOutputs) == 0)
        {
            _lines.Writer.Complete();
        }
    }
}
