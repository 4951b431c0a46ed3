using FluxRestful.Api.Jobs;
using FluxRestful.Api.Pages.Ansi;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>A window of a job's output, as a terminal would show it.</summary>
internal static class LogReader
{
    internal static async Task<LogView?> ReadAsync(TenantJobs jobs, JobId id, LogAddress address, bool atEnd, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(id, cancellationToken) is not { } job)
        {
            return null;
        }

        using var output = await jobs.ReadOutputAsync(id, cancellationToken);
        var all = output?.Lines ?? [];
        var wanted = address.Search is { Length: > 0 } text
            ? Enumerable.Range(0, all.Count).Where(i => all[i].Contains(text, StringComparison.OrdinalIgnoreCase)).ToList()
            : [.. Enumerable.Range(0, all.Count)];
        var (first, last) = address.Window(wanted, atEnd);
        var terminal = new AnsiText();
        var lines = wanted[first..last].Select(i => Show(i + 1, all[i], terminal)).ToList();
        var hasEnded = job.State == JobState.Inactive;
        long? next = last < wanted.Count ? wanted[last] + 1 : hasEnded ? null : all.Count + 1;
        return new LogView(address, lines, new LogPlace(Status(job, hasEnded), all.Count, wanted.Count, next, first > 0 && first < wanted.Count ? wanted[first] + 1 : null));
    }

    private static string Status(JobRecord job, bool hasEnded) =>
        hasEnded ? job.TRun is null ? "never-ran" : "ended" : job.TRun is null ? "pending" : "running";

    private static LogLine Show(long number, string line, AnsiText terminal)
    {
        var text = line.TrimEnd('\n');
        var cut = text.Length > LogAddress.Width ? text[..LogAddress.Width] : text;
        return new LogLine(number, "stdout", null, default, terminal.Read(cut), text.Length - cut.Length);
    }
}
