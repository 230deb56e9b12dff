using System.Globalization;

namespace Truststore.Benchmarks;

/// <summary>What the children of one <see cref="ColdStartVariant"/> took, in milliseconds.</summary>
internal sealed class ColdStartTimes
{
    private readonly List<double> _elapsed = [];
    private readonly List<double> _processor = [];

    internal void Add(string output)
    {
        var times = output.Split(' ');
        _elapsed.Add(double.Parse(times[0], CultureInfo.InvariantCulture));
        _processor.Add(double.Parse(times[1], CultureInfo.InvariantCulture));
    }

    /// <summary>One row of the table: ratios to the baseline.</summary>
    internal string Compare(ColdStartVariant variant, ColdStartTimes baseline) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {variant} | {Median(_elapsed) / Median(baseline._elapsed):F2} | {_elapsed.Min() / baseline._elapsed.Min():F2} | {Median(_processor) / Median(baseline._processor):F2} | {_processor.Min() / baseline._processor.Min():F2} | {Median(_elapsed):F1} ms |");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
