using System.Net;
using FluxRestful.Tests.Api.Jobs.Output;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Pages.Jobs.Log;

public sealed class LogPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_a_long_output_is_still_read_from_the_broker_its_page_shows_what_has_come()
    {
        var rest = new TaskCompletionSource();
        await using var broker = OneJob.Writing(async call =>
        {
            for (var i = 1; i <= 100; i++)
            {
                await OneJob.TellAsync(call, OneJob.Data($"line {i}\n"));
            }

            // No mark: there is more that was written before.
            await rest.Task;
            await OneJob.TellAsync(call, OneJob.Data("line 101\n"));
            await call.RespondAsync();
            await call.Cancelled;
        });
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri));

        var page = await GetAsync("/jobs/f2");
        Assert.Contains("still being read", page, StringComparison.Ordinal);
        Assert.Contains("id=\"L100\"", page, StringComparison.Ordinal);
        Assert.Contains("data-live=", page, StringComparison.Ordinal);
        Assert.Contains("id=\"L50\"", await GetAsync("/ui/jobs/f2/output?from=50"), StringComparison.Ordinal);

        // What has not come is waited for, and so is a search, which counts all of it.
        var later = GetAsync("/ui/jobs/f2/output?from=101");
        var found = GetAsync("/ui/jobs/f2/output/found?q=line&hit=1");
        Assert.False(later.IsCompleted || found.IsCompleted);
        rest.SetResult();
        Assert.Contains("id=\"L101\"", await later, StringComparison.Ordinal);
        Assert.Contains("of 101", await found, StringComparison.Ordinal);
        Assert.DoesNotContain("still being read", await GetAsync("/jobs/f2"), StringComparison.Ordinal);

        async Task<string> GetAsync(string path)
        {
            var answer = await app.Superuser.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
        }
    }

    [Fact]
    public async Task A_line_without_end_is_shown_as_it_grows_and_replaced_by_what_it_becomes_over_a_broken_connection_too()
    {
        var told = new SemaphoreSlim(0);
        await using var broker = OneJob.Writing(async call =>
        {
            await OneJob.TellAsync(call, OneJob.Data("first\n10%"));
            await call.RespondAsync();
            foreach (var piece in (string[])["\r20%", "\r<b>", "\nlast\nPassword: "])
            {
                await told.WaitAsync(Stop);
                await OneJob.TellAsync(call, OneJob.Data(piece));
            }

            await call.Cancelled;
        });
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri));
        var page = await app.Superuser.GetStringAsync("/jobs/f2", Stop);
        Assert.Contains("<div class=\"begun\"><div class=\"line\"><span class=\"no\"></span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"text\">10%</span></div></div>", page, StringComparison.Ordinal);

        ServerEvent next;
        using (var events = await ServerEvents.OpenAsync(app.Superuser, "/ui/jobs/f2/output/live?from=2", null, Stop))
        {
            next = Assert.IsType<ServerEvent>(await events.NextAsync(Stop));
            Assert.Equal(("begun", null), (next.Name, next.Id));
            Assert.Contains(">10%<", next.Text, StringComparison.Ordinal);
            told.Release();
            next = Assert.IsType<ServerEvent>(await events.NextAsync(Stop));
            Assert.Equal(("begun", null), (next.Name, next.Id));
            Assert.Contains(">20%<", next.Text, StringComparison.Ordinal);
        }

        // What changed in between is there, and the line that ends comes once, with what has begun behind it.
        told.Release();
        using var again = await ServerEvents.OpenAsync(app.Superuser, "/ui/jobs/f2/output/live?from=1", "1", Stop);
        do
        {
            next = Assert.IsType<ServerEvent>(await again.NextAsync(Stop));
            Assert.Equal("begun", next.Name);
        }
        while (!next.Text.Contains(">&lt;b&gt;", StringComparison.Ordinal));

        told.Release();
        next = Assert.IsType<ServerEvent>(await again.NextAsync(Stop));
        Assert.Equal(("lines", "3"), (next.Name, next.Id));
        Assert.Contains("id=\"L2\"", next.Text, StringComparison.Ordinal);
        Assert.EndsWith("<span class=\"text\">Password: </span></div></div>", next.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", await app.Superuser.GetStringAsync("/ui/jobs/f2/output?from=1", Stop), StringComparison.Ordinal);
    }

    // Each of many tasks may have begun one of megabytes.
    [Fact]
    public async Task Of_a_line_without_end_no_more_is_shown_where_lines_are_asked_for_whole()
    {
        await using var broker = OneJob.Writing(async call =>
        {
            await OneJob.TellAsync(call, OneJob.Data($"first\n{new string('x', 20_000)}"));
            await call.RespondAsync();
            await call.Cancelled;
        });
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri));
        var page = await app.Superuser.GetStringAsync("/jobs/f2?whole=1", Stop);
        Assert.Contains($">{new string('x', 10_000)}<", page, StringComparison.Ordinal);

        using var events = await ServerEvents.OpenAsync(app.Superuser, "/ui/jobs/f2/output/live?from=2&whole=1", null, Stop);
        var next = Assert.IsType<ServerEvent>(await events.NextAsync(Stop));
        Assert.Contains($">{new string('x', 10_000)}<", next.Text, StringComparison.Ordinal);
    }

    // As a real broker does: the watch of an output that is not there yet is not answered.
    [Fact]
    public async Task Of_a_job_that_waits_it_is_said_at_once_that_there_is_nothing()
    {
        await using var broker = OneJob.Writing(call => call.Cancelled).On("job-manager.events-journal", async call =>
        {
            await call.RespondAsync("""{"id":1,"events":[{"timestamp":1,"name":"submit","context":{"userid":1,"urgency":16,"flags":0}},{"timestamp":2,"name":"validate"},{"timestamp":3,"name":"depend"}]}""");
            await call.RespondAsync("""{"id":-1,"events":[]}""");
            await call.Cancelled;
        });
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri));
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        soon.CancelAfter(TimeSpan.FromSeconds(20));
        Assert.Contains("The job has not started.", await app.Superuser.GetStringAsync("/jobs/f2", soon.Token), StringComparison.Ordinal);
        Assert.Contains("\"total\":0", await app.Superuser.GetStringAsync("/api/v1/jobs/f2/output", soon.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_line_that_was_overwritten_shows_its_end_on_a_page_and_its_beginning_to_programs()
    {
        var steps = string.Concat(Enumerable.Range(1, 3000).Select(i => $"\rstep {i} of 3000"));
        await using var broker = OneJob.Writing(ends: false, OneJob.Data(steps + "\n"));
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri));
        var page = await app.Superuser.GetStringAsync("/jobs/f2", Stop);
        Assert.Contains("<span class=\"text\">step 3000 of 3000</span>", page, StringComparison.Ordinal);
        var line = (await ApiApp.GetAsync(app.Superuser, "/api/v1/jobs/f2/output?width=100")).GetProperty("lines")[0];
        Assert.StartsWith("\rstep 1 of", line.GetProperty("text").GetString(), StringComparison.Ordinal);
    }
}
