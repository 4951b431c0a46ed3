using System.Globalization;
using FluxRestful.BrowserTests.Sites;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Jobs;

public sealed class JobsTimesTests(Site site)
{
    private const string Module = "document.querySelector('script[src*=\"js/app.js\"]').src.replace('app.js', 'times.js')";

    private static readonly string[] Nothing = ["true"];

    [Theory]
    [InlineData("Asia/Kathmandu", "2026-03-08T06:59:59Z", "2026-03-08 12:44:59")]
    [InlineData("America/New_York", "2026-03-08T06:59:59Z", "2026-03-08 01:59:59")]
    [InlineData("America/New_York", "2026-03-08T07:00:00Z", "2026-03-08 03:00:00")]
    [InlineData("America/New_York", "2026-11-01T06:00:00Z", "2026-11-01 01:00:00")]
    [InlineData("UTC", "2026-03-08T06:59:59Z", "2026-03-08 06:59:59")]
    public async Task Times_are_those_of_the_browsers_zone_or_UTC_by_choice_and_the_other_is_beside_them(string zone, string moment, string local)
    {
        var id = await site.Server.SubmitAsync(Server.Bob, new { name = "timed", command = Nothing, urgency = 0 });
        await using var visit = await site.VisitAsAsync(Server.Bob, new() { TimezoneId = zone });
        var page = visit.Page;
        await visit.GoAsync($"/jobs?text={id}");
        Assert.Equal(local, await page.EvaluateAsync<string>($"async at => (await import({Module})).date(Date.parse(at), true)", moment));
        var time = page.Locator($"tr[id='job-{id}'] time");
        await Expect(time).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("just now|s ago"));
        var utc = DateTimeOffset.Parse((await time.GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);
        var here = TimeZoneInfo.ConvertTime(utc, TimeZoneInfo.FindSystemTimeZoneById(zone));
        await Expect(time).ToHaveAttributeAsync("title", $"{utc:yyyy-MM-dd HH:mm:ss} UTC ({here:yyyy-MM-dd HH:mm:ss} here)");

        await page.Context.AddCookiesAsync([new() { Name = "flux-restful-look", Value = "zone=utc&times=date", Url = site.Server.Address.ToString() }]);
        await page.ReloadAsync();
        await Expect(time).ToHaveTextAsync($"{utc:yyyy-MM-dd HH:mm} UTC");
        await page.Context.AddCookiesAsync([new() { Name = "flux-restful-look", Value = "zone=local&times=date", Url = site.Server.Address.ToString() }]);
        await page.ReloadAsync();
        await Expect(time).ToHaveTextAsync($"{here:yyyy-MM-dd HH:mm}");
        await site.Server.CancelAsync(Server.Bob, id);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(26)]
    public async Task A_browser_whose_clock_is_wrong_tells_what_is_past_by_the_servers(int hours)
    {
        var id = await site.Server.SubmitAsync(Server.Bob, new { name = "skewed", command = (string[])["sleep", "60"] });
        await using var visit = await site.VisitAsAsync(Server.Bob);
        await visit.Page.Clock.SetFixedTimeAsync(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(hours));
        await visit.GoAsync($"/jobs?text={id}");
        await Expect(visit.Page.Locator($"tr[id='job-{id}'] time")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^(just now|\\d+ s ago)$"));
        await site.Server.AwaitStatusAsync(Server.Bob, id, "RUN");
        await visit.GoAsync($"/jobs/{id}");
        await Expect(visit.Page.Locator("[data-since]").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^\\d+ s$"));
        await site.Server.CancelAsync(Server.Bob, id);
    }
}
