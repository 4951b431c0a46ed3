namespace FluxRestful.Api.Pages.Charts;

/// <summary>A chart: a table, of which charts.js makes a picture.</summary>
/// <param name="Id">Its name on the page.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Unit">In what.</param>
/// <param name="Form"><c>area</c> (one on another), <c>line</c> or <c>bars</c> (one on another).</param>
/// <param name="Series">What is told apart; for the stacked forms from below.</param>
/// <param name="Rows">The newest first.</param>
/// <param name="Step">How many seconds a row stands for.</param>
/// <param name="Empty">Why there is nothing to see.</param>
public sealed record ChartView(
    string Id, string Title, string Unit, string Form, IReadOnlyList<ChartSeries> Series, IReadOnlyList<ChartRow> Rows, int Step, string? Empty = null);

/// <summary>A line, an area or a part of each bar.</summary>
/// <param name="Word">What it is.</param>
/// <param name="Look">Its colour by name.</param>
public sealed record ChartSeries(string Word, string Look);

/// <summary>A moment.</summary>
/// <param name="At">Its beginning.</param>
/// <param name="Values">One for each series.</param>
public sealed record ChartRow(DateTimeOffset At, IReadOnlyList<double> Values);
