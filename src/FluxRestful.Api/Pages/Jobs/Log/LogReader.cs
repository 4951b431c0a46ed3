using FluxRestful.Api.Jobs.Output;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Contracts.Jobs.Output;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>A window of a job's output, as a terminal would show it.</summary>
internal static class LogReader
{
    private const int MostGroups = 64;

    /// <summary>How much stands before a line at which the window opens, if there is room.</summary>
    private const int Lead = 300;

    /// <param name="limit">How many lines.</param>
    /// <param name="opens">Where no place is named, the window is where one looks first; otherwise at the end.</param>
    internal static async Task<LogView> ReadAsync(OutputView output, JobRecord job, LogAddress address, int limit, bool opens, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        var query = LogQuery.Read(address, limit, errors);
        var hasRanks = job.NTasks is not 1;
        var view = new LogView(address, [], new LogPlace("", 0, 0, null, null)) { Start = job.TRun, Errors = errors, HasRanks = hasRanks };
        try
        {
            // What is counted is counted in all of it.
            if (address.HasSearch || address.IsGrouped)
            {
                await output.ReadyAsync(cancellationToken);
            }

            var isRead = await output.ReadySoonAsync(query.Before is { } before ? before - 1 : address.HasPlace ? query.From : null, cancellationToken);
            view = view with { IsPart = !isRead && (job.State == JobState.Inactive || output.Log.State.Total > 0) };
            if (address.IsGrouped)
            {
                return await GroupAsync(output, query, view, cancellationToken);
            }

            if (address.ShowsMatchesOnly && query.HasSearch)
            {
                query = address.HasPlace ? query : query with { From = 1, Before = null };
                return Fill(output, view, await ReadMatchesAsync(output, query, address.ContextLines, cancellationToken), query);
            }

            if (query.HasSearch)
            {
                view = view with { Found = await OutputSearch.FindAsync(output, query, LogAddress.Number(address.Hit) ?? 1, cancellationToken) };
                query = query with { Search = null, Pattern = null };
            }

            if (!address.HasPlace)
            {
                var place = view.Found is { } found ? found.Number : !opens || job.State != JobState.Inactive ? null
                    : job.Result == JobResult.Completed ? 1 : view.IsPart ? null : await FirstError.FindAsync(output, output.Log.State.Total, cancellationToken);
                view = view with { FirstError = view.Found is null && opens && place > 1 ? place : null };
                query = place is { } line ? query with { From = Math.Max(1, line - Math.Min(Lead, query.Limit / 2)), Before = null } : query with { Before = long.MaxValue };
            }

            return Fill(output, view, (await output.ReadNowAsync(query, cancellationToken), null), query);
        }
        catch (OutputSearchException tooLong)
        {
            errors["search"] = [tooLong.Message];
            return view with { Place = new LogPlace(output.Status(output.Log.State), output.Log.State.Total, 0, null, null) };
        }
        catch (OutputPurgedException purged)
        {
            return view with { Failure = purged.Message };
        }
        catch (OutputBusyException busy)
        {
            if (address.HasSearch)
            {
                errors["search"] = [busy.Message];
            }

            return view with { Failure = busy.Message };
        }
    }

    private static LogView Fill(OutputView output, LogView view, (OutputPage Page, HashSet<long>? Matches) read, OutputQuery query)
    {
        var screen = new LogScreen(view.HasRanks);
        var (page, matches) = read;
        // A page that ends before a line goes on behind its last one.
        var next = query.Before is null ? page.Next : page.Lines.Count > 0 ? page.Lines[^1].Number + 1 : page.Next;
        var tip = matches is null && !query.HasSearch ? LogFollower.Tip(output, query) : null;
        LogLine[] lines = [.. page.Lines.Select(line => screen.Show(line, isContext: matches?.Contains(line.Number) is false))];
        return view with
        {
            Lines = lines,
            Begun = tip is null || tip.Total != page.Total || next <= page.Total ? [] : screen.ShowBegun(tip.Begun),
            Place = new LogPlace(page.Status, page.Total, page.Matching, next <= page.Total || page.Next is not null ? next : null, page.Previous),
            Redirects = page.Redirects,
        };
    }

    // Around each match the lines beside it; where they touch, once.
    private static async Task<(OutputPage Page, HashSet<long>? Matches)> ReadMatchesAsync(
        OutputView output, OutputQuery query, int context, CancellationToken cancellationToken)
    {
        var page = await output.ReadAsync(query with { Limit = query.Limit / ((2 * context) + 1) }, cancellationToken);
        if (context == 0 || page.Lines.Count == 0)
        {
            return (page, null);
        }

        var matches = page.Lines.Select(line => line.Number).ToHashSet();
        var lines = new List<OutputLine>();
        var around = query with { Search = null, Pattern = null, Before = null };
        for (var i = 0; i < page.Lines.Count;)
        {
            var first = Math.Max(1, page.Lines[i].Number - context);
            var last = page.Lines[i++].Number + context;
            for (; i < page.Lines.Count && page.Lines[i].Number - context <= last + 1; i++)
            {
                last = page.Lines[i].Number + context;
            }

            // Beyond the last match of this page another may stand that is not marked here.
            last = Math.Min(last, (page.Next ?? long.MaxValue) - 1);

            var some = await output.ReadAsync(around with { From = first, Limit = (int)Math.Min(OutputQuery.MostLines, last - first + 1) }, cancellationToken);
            lines.AddRange(some.Lines.Where(line => line.Number <= last));
        }

        return (page with { Lines = lines }, matches);
    }

    private static async Task<LogView> GroupAsync(OutputView output, OutputQuery query, LogView view, CancellationToken cancellationToken)
    {
        var page = await output.ReadAsync(query with { Search = null, Pattern = null, Before = long.MaxValue, Limit = 1 }, cancellationToken);
        var ranks = new List<(string Rank, IdSet Set)>();
        output.Log.Count(source =>
        {
            if (query.Wants(source) && !source.IsShell && IdSet.TryParse(source.Rank, out var set) && ranks.TrueForAll(known => known.Rank != source.Rank))
            {
                ranks.Add((source.Rank, set));
            }

            return false;
        });
        var groups = new List<LogGroup>();
        foreach (var (rank, set) in ranks.OrderBy(one => one.Set.First()).Take(MostGroups))
        {
            var some = await output.ReadAsync(
                query with { Search = null, Pattern = null, Ranks = set, From = 1, Before = long.MaxValue, Limit = Math.Max(20, LogAddress.MostGrouped / ranks.Count) }, cancellationToken);
            var screen = new LogScreen(showsRanks: false);
            groups.Add(new LogGroup(rank, [.. some.Lines.Select(line => screen.Show(line))], some.Matching));
        }

        return view with { Groups = groups, Place = new LogPlace(page.Status, page.Total, page.Matching, null, null), Redirects = page.Redirects };
    }
}
