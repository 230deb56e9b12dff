using System.Diagnostics;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace Truststore.Benchmarks;

internal static class Program
{
    private static int Main(string[] args)
    {
        // First of all: a child of the cold mode measures from here.
        var start = Stopwatch.GetTimestamp();
        var processorTime = Environment.CpuUsage.TotalTime;
        return args switch
        {
            [ColdStart.Command] => ColdStart.Run(),
            [ColdStart.ChildCommand, var variant, var directory] => ColdStartChild.Run(start, processorTime, variant, directory),
            _ => RunBenchmarks(args),
        };
    }

    // A method of its own, so that a child does not load BenchmarkDotNet.
    private static int RunBenchmarks(string[] args)
    {
        var config = DefaultConfig.Instance
            .AddColumn(new RatioColumn("Median ratio", s => s.Median), new RatioColumn("Min ratio", s => s.Min))
            .HideColumns("Ratio", "Job", "Error", "StdDev", "RatioSD", "InvocationCount", "UnrollFactor", "IterationCount", "WarmupCount", "LaunchCount");
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
        return 0;
    }
}
