using System.ComponentModel;
using System.Diagnostics;

namespace Truststore.Tests.Core;

/// <summary>Runs the openssl program; without it the test is skipped.</summary>
internal static class OpenSslCommand
{
    internal static async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await errors);
        return output;
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("openssl", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            TestPrerequisites.Missing("the program openssl; install it (Debian: apt-get install openssl) and run the tests again");
            throw;
        }
    }
}
