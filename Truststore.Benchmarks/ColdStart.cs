using System.Diagnostics;
using Truststore.Cli.Demo;

namespace Truststore.Benchmarks;

/// <summary>
/// The first verdict of a process, Truststore against .NET: each measurement is a process of its own, and the sides take turns. A child measures from the entry of Main to the verdict;
/// everything that is made for it beforehand is on disk.
/// </summary>
internal static class ColdStart
{
    internal const string Command = "cold";
    internal const string ChildCommand = "cold-child";
    internal const string Host = "server.example";
    internal const string RootFile = "root.pem";
    internal const string BundleFile = "bundle.pem";
    internal const string ChainFile = "chain.pem";

    private const int Runs = 15;

    internal static int Run()
    {
        var directory = Directory.CreateTempSubdirectory("truststore-cold-").FullName;
        try
        {
            Prepare(directory);
            var times = Enum.GetValues<ColdStartVariant>().ToDictionary(v => v, _ => new ColdStartTimes());
            foreach (var variant in times.Keys)
            {
                Measure(variant, directory); // reads files that nothing has read yet
            }

            for (var run = 0; run < Runs; run++)
            {
                foreach (var (variant, measured) in times)
                {
                    measured.Add(Measure(variant, directory));
                }
            }

            Print(times);
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Prepare(string directory)
    {
        using var ca = new ThrowAwayCa(TimeProvider.System.GetUtcNow());
        var intermediate = ca.Keep(ca.Root.Issue(ca.Intermediate.Spec.Extend()));
        var server = ca.Keep(intermediate.Issue(ca.ServerSpec(Host).Extend()));
        var anchors = SystemTrust.Anchors.List().Select(a => a.Certificate.ExportPem() + "\n");
        File.WriteAllText(Path.Combine(directory, RootFile), ca.RootPem);
        File.WriteAllText(Path.Combine(directory, BundleFile), string.Concat(anchors) + ca.RootPem);
        File.WriteAllText(Path.Combine(directory, ChainFile), server.ExportChainPem());
    }

    private static string Measure(ColdStartVariant variant, string directory)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [ChildCommand, variant.ToString(), directory]) { RedirectStandardOutput = true, UseShellExecute = false };

        // What this machine's administrator has set would count for each side in another way.
        start.Environment.Remove(StockTrust.FileVariable);
        start.Environment.Remove(StockTrust.DirectoryVariable);
        if (variant == ColdStartVariant.StockSystem)
        {
            start.Environment[StockTrust.FileVariable] = Path.Combine(directory, RootFile);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"The child for {variant} ended with code {process.ExitCode}; its chain was not trusted, so there is nothing to compare.");
    }

    private static void Print(Dictionary<ColdStartVariant, ColdStartTimes> times)
    {
        Console.WriteLine($"Ratios to {ColdStartVariant.StockSystem} over {Runs} processes each:");
        Console.WriteLine();
        Console.WriteLine("| Variant | Elapsed, medians | Elapsed, minima | Processor time, medians | Processor time, minima | Elapsed, median |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var (variant, measured) in times)
        {
            Console.WriteLine(measured.Compare(variant, times[ColdStartVariant.StockSystem]));
        }
    }
}
