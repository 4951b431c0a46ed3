namespace FluxRestful.Benchmarks;

/// <summary>Durations of one measurement, in milliseconds.</summary>
internal sealed class Sample(IEnumerable<double> milliseconds, TimeSpan elapsed)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    public int Count => _sorted.Length;

    public double PerSecond => Count / elapsed.TotalSeconds;

    public double Median => Percentile(0.5);

    public double Percentile(double p) => _sorted[Math.Min(Count - 1, (int)(p * Count))];

    public override string ToString() => $"{PerSecond,8:F0}/s   median {Median,8:F2} ms   p99 {Percentile(0.99),8:F2} ms   ({Count} in {elapsed.TotalSeconds:F1} s)";
}
