using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Mathematics;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Truststore.Benchmarks;

/// <summary>
/// The ratio of a statistic to the baseline's. The built-in column has the mean of the ratios, which a neighbour on the same machine spoils with a few slow iterations;
/// it spoils the median less, and the minimum least of all.
/// </summary>
internal sealed class RatioColumn(string name, Func<Statistics, double> statistic) : BaselineCustomColumn
{
    public override string Id => $"{nameof(RatioColumn)}.{ColumnName}";

    public override string ColumnName { get; } = name;

    public override string Legend => $"{ColumnName} of current and baseline";

    public override int PriorityInCategory => 1;

    public override bool IsNumeric => true;

    public override UnitType UnitType => UnitType.Dimensionless;

    public override string GetValue(
        Summary summary,
        BenchmarkCase benchmarkCase,
        Statistics baseline,
        IReadOnlyDictionary<string, Metric> baselineMetrics,
        Statistics current,
        IReadOnlyDictionary<string, Metric> currentMetrics,
        bool isBaseline) => (statistic(current) / statistic(baseline)).ToString("F3", CultureInfo.InvariantCulture);
}
