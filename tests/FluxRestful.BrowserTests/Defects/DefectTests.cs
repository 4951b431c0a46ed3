using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Defects;

/// <summary>Defects of flux-restful-api that belong to no page, each once more.</summary>
public sealed class DefectTests(Site site)
{
    private const string Secret = "the key that every client of flux-restful-api had to know";

    private static readonly string[] Pages =
        ["/", "/jobs", "/jobs?scope=all&state=failed", "/jobs/submit", "/jobs/submit?tab=script", "/jobs/submit?tab=jobspec", "/cluster", "/account", "/admin/users", "/admin/audit", "/logout"];

    private static readonly string[] Nothing = ["true"];
    private static readonly HttpStatusCode[] Refused = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    [Fact]
    public async Task P7_nobody_needs_the_secret_key_and_whoever_knows_it_can_sign_no_token()
    {
        await using var server = await Server.StartAsync(TestContext.Current.CancellationToken, ("FLUX_SECRET_KEY", Secret));
        await server.SubmitAsync(Server.Alice, new { command = Nothing, urgency = 0 });
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        foreach (var subject in new[] { "1", Server.Superuser })
        {
            foreach (var header in new[] { """{"alg":"HS256","typ":"JWT"}""", """{"alg":"none","typ":"JWT"}""" })
            {
                var claims = $$"""{"sub":"{{subject}}","iss":"flux-restful","aud":"flux-restful","iat":{{now.ToString(CultureInfo.InvariantCulture)}},"exp":{{(now + 600).ToString(CultureInfo.InvariantCulture)}}}""";
                foreach (var path in new[] { "/v1/jobs", "/api/v1/jobs", "/jobs" })
                {
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Forged(header, claims));
                    // The dialect of flux-restful-api says 403 to a token that is none.
                    Assert.Contains((await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode, Refused);
                }
            }
        }
    }

    [Fact]
    public async Task P13_options_of_the_form_arrive_in_the_job_and_in_no_other()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync("/jobs/submit");
        await page.Locator("#command").FillAsync("true");
        await page.GetByText("More", new() { Exact = true }).ClickAsync();
        await page.Locator("#shellOptions").FillAsync("cpu-affinity=per-task\nverbose=2\nexit-on-error");
        await page.Locator("#urgency").FillAsync("0");
        var mine = await SubmittedAsync(page);
        var options = (await JobspecAsync(Server.Alice, mine)).GetProperty("attributes").GetProperty("system").GetProperty("shell").GetProperty("options");
        Assert.Equal("per-task", options.GetProperty("cpu-affinity").GetString());
        Assert.Equal(2, options.GetProperty("verbose").GetInt32());
        Assert.Equal(1, options.GetProperty("exit-on-error").GetInt32());

        var other = await site.Server.SubmitAsync(Server.Bob, new { command = Nothing, urgency = 0 });
        Assert.DoesNotContain("affinity", (await JobspecAsync(Server.Bob, other)).GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("exit-on-error", (await JobspecAsync(Server.Bob, other)).GetRawText(), StringComparison.Ordinal);
        await site.Server.CancelAsync(Server.Bob, other);
        await site.Server.CancelAsync(Server.Alice, mine);
    }

    [Fact]
    public async Task P14_P20_without_authentication_means_without_and_the_field_for_gpus_is_there_where_there_are_some()
    {
        await using (var visit = await site.VisitAsAsync(Server.Alice))
        {
            await visit.GoAsync("/jobs/submit");
            await Expect(visit.Page.GetByText("This instance has no GPUs.")).ToBeVisibleAsync();
            await Expect(visit.Page.Locator("#gpus")).ToHaveCountAsync(0);
        }

        await using var server = await Server.StartAsync(TestContext.Current.CancellationToken, ("FLUX_REQUIRE_AUTH", "false"), ("HOST", "127.0.0.1"), ("FLUX_HAS_GPUS", "true"));
        await using var open = await site.VisitAtAsync(server.Address);
        Assert.Equal(200, (await open.GoAsync("/jobs/submit")).Status);
        await Expect(open.Page.GetByLabel("GPUs per task", new() { Exact = true })).ToBeEnabledAsync();
        await Expect(open.Page.GetByText("This instance has no GPUs.")).ToHaveCountAsync(0);
        await Expect(open.Page.GetByRole(AriaRole.Button, new() { Name = $"Signed in as {Server.Superuser}" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task P31_no_page_has_a_barrier_that_can_be_found_by_looking_for_one()
    {
        await using var visit = await site.VisitAsAsync(Server.Superuser);
        foreach (var path in Pages)
        {
            Assert.Equal(200, (await visit.GoAsync(path)).Status);
            await visit.HasNoBarriersAsync(path);
        }
    }

    [Fact]
    public async Task With_forced_colors_and_without_motion_states_are_still_told_apart_and_nothing_moves()
    {
        var id = await site.Server.SubmitAsync(Server.Alice, "still", "sleep", "600");
        await site.Server.AwaitStatusAsync(Server.Alice, id, "RUN");
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { ForcedColors = ForcedColors.Active, ReducedMotion = ReducedMotion.Reduce });
        await visit.GoAsync($"/jobs?text={id}");
        await Expect(visit.Page.Locator(".badge")).ToContainTextAsync("Running");
        Assert.Equal("none", await visit.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.state-running .icon')).animationName"));
        Assert.Equal("1px", await visit.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.badge')).borderTopWidth"));
        await visit.HasNoBarriersAsync("forced colors");
        await site.Server.CancelAsync(Server.Alice, id);
    }

    /// <summary>Submits the form, and answers the job's id.</summary>
    private static async Task<string> SubmittedAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**?new=1");
        return new Uri(page.Url).Segments[^1];
    }

    private async Task<JsonElement> JobspecAsync(string tenant, string id)
    {
        using var client = site.Server.ClientFor(tenant);
        return await client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{id}/jobspec", TestContext.Current.CancellationToken);
    }

    private static string Forged(string header, string claims)
    {
        var signed = $"{Base64(Encoding.UTF8.GetBytes(header))}.{Base64(Encoding.UTF8.GetBytes(claims))}";
        return header.Contains("none", StringComparison.Ordinal) ? signed + "." : $"{signed}.{Base64(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
