using System.Diagnostics;
using BenchmarkDotNet.Running;

namespace Truststore.Benchmarks;

internal static class Program
{
    private static int Main(string[] args)
    {
        // First of all: a child of the cold mode measures from here.
        var start = Stopwatch.GetTimestamp();
        return args switch
        {
            [ColdStart.Command] => ColdStart.Run(),
            [ColdStart.ChildCommand, var variant, var directory] => ColdStartChild.Run(start, variant, directory),
            _ => RunBenchmarks(args),
        };
    }

    // A method of its own, so that a child does not load BenchmarkDotNet.
    private static int RunBenchmarks(string[] args)
    {
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
