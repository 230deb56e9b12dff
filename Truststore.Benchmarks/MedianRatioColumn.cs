using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Mathematics;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Truststore.Benchmarks;

/// <summary>The ratio of the medians. The built-in column has the mean of the ratios, which a neighbour on the same machine can spoil with a few slow iterations.</summary>
internal sealed class MedianRatioColumn : BaselineCustomColumn
{
    public override string Id => nameof(MedianRatioColumn);

    public override string ColumnName => "Median ratio";

    public override string Legend => "Median of the measurements by the baseline's";

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
        bool isBaseline) => (current.Median / baseline.Median).ToString("F2", CultureInfo.InvariantCulture);
}
