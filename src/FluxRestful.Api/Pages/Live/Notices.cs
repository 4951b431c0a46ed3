using System.Globalization;
using System.Text;
using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Listing;

namespace FluxRestful.Api.Pages.Live;

/// <summary>
/// One stream for each browser, which tells its tabs that something they may show has changed, and how many jobs there are of each kind; never what or whose.
/// A tab then asks again for what it shows, so a lost notice costs nothing. At most one a second.
/// </summary>
internal static class Notices
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // A comment after so many silent looks.
    private const int Heartbeat = 15;

    internal static void MapNotices(this IEndpointRouteBuilder pages) => pages.MapGet("/ui/events", Follow).Requires(Permission.JobsRead);

    internal static async Task Follow(HttpContext context, TenantJobs jobs, TimeProvider time, IHostApplicationLifetime server, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, server.ApplicationStopping);
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        using var pace = new PeriodicTimer(Pace, time);
        try
        {
            await response.WriteAsync("retry: 1000\n\n", ending.Token);
            JobSight? seen = null;
            var silent = 0;
            do
            {
                var sight = jobs.Look();
                if (sight != seen)
                {
                    seen = sight;
                    silent = 0;
                    await response.WriteAsync(Text(sight), ending.Token);
                }
                else if (++silent % Heartbeat == 0)
                {
                    await response.WriteAsync(": still here\n\n", ending.Token);
                }

                await response.Body.FlushAsync(ending.Token);
            }
            while (await pace.WaitForNextTickAsync(ending.Token));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The browser left, or the server does; there is nobody to tell.
        }
    }

    private static string Text(JobSight sight)
    {
        var counts = sight.Counts;
        return new StringBuilder("event: jobs\ndata: ").Append(CultureInfo.InvariantCulture, $$"""
            {"pending":{{counts.Pending}},"running":{{counts.Running}},"completed":{{counts.Completed}},"failed":{{counts.Failed}},"canceled":{{counts.Canceled}},"timeout":{{counts.Timeout}},"live":{{(sight.IsLive ? "true" : "false")}}}
            """).Append("\n\n").ToString();
    }
}
