using System.Collections.Frozen;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Jobs.Output.Endpoints;

/// <summary>Reads which lines are wanted; what makes no sense is said by parameter.</summary>
internal static class OutputParameters
{
    private const int LongestSearch = 1000;

    private static readonly FrozenSet<string> Streams = ["stdout", "stderr", OutputSource.Shell];

    internal static OutputQuery Read(
        Dictionary<string, string[]> errors, long? from, int? limit, int? tail, long? before, string? stream, string? rank, string? search, bool? ignoreCase,
        int? width)
    {
        Check(from is null or >= 1, "from", "Lines are counted from 1.");
        Check(before is null or >= 1, "before", "Lines are counted from 1.");
        Check(limit is null or (>= 1 and <= OutputQuery.MostLines), "limit", $"From 1 to {OutputQuery.MostLines}.");
        Check(tail is null or (>= 1 and <= OutputQuery.MostLines), "tail", $"From 1 to {OutputQuery.MostLines}.");
        Check(width is null or (>= 1 and <= LineGatherer.LongestLine), "width", $"From 1 to {LineGatherer.LongestLine}.");
        Check(search is null or { Length: >= 1 and <= LongestSearch }, "search", $"From 1 to {LongestSearch} characters.");
        Check(search?.Contains('\n', StringComparison.Ordinal) is not true, "search", "It is compared with single lines.");
        Check((from is null ? 0 : 1) + (tail is null ? 0 : 1) + (before is null ? 0 : 1) <= 1, "from", "Only one of from, tail and before.");
        Check(tail is null || limit is null, "limit", "Only one of limit and tail.");
        var streams = stream?.Split(',').ToFrozenSet();
        Check(streams is null || streams.IsSubsetOf(Streams), "stream", "stdout, stderr, shell, or several of them with commas.");
        IdSet? ranks = null;
        Check(rank is null || IdSet.TryParse(rank, out ranks), "rank", "An idset of task ranks, such as 0,3-7.");
        return new OutputQuery
        {
            From = from ?? 1,
            Before = tail is not null ? long.MaxValue : before,
            Limit = tail ?? limit ?? OutputQuery.UsualLines,
            Streams = streams,
            Ranks = ranks,
            Search = search,
            IgnoresCase = ignoreCase ?? false,
            Width = width ?? OutputQuery.UsualWidth,
        };

        void Check(bool isSound, string name, string message)
        {
            if (!isSound)
            {
                errors[name] = [message];
            }
        }
    }
}
