using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Submit;

public sealed class SubmitFieldsTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_scripts_variables_are_added_pasted_and_taken_away_and_a_job_is_picked_to_wait_for()
    {
        var first = await site.Server.SubmitAsync(Server.Alice, new { name = "comes-first", command = (string[])["true"], urgency = 0 });
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { JavaScriptEnabled = false });
        var page = visit.Page;
        await visit.GoAsync("/jobs/submit");
        await page.Locator("#command").FillAsync("sh -c 'printf \"%s;\" \"$A\" \"$MULTI\" \"$B\" \"${DROP-none}\"'");
        await page.GetByText("More", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Name of variable 1").FillAsync("A");
        await page.GetByLabel("Value of variable 1").FillAsync("1 = one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a variable" }).ClickAsync();
        await page.GetByLabel("Name of variable 2").FillAsync("MULTI");
        await page.GetByLabel("Value of variable 2").FillAsync("two\nlines");
        await page.GetByText("Paste a block").ClickAsync();
        await page.Locator("#environment").FillAsync("# pasted\nexport B=\"2\"\nDROP=x\nA=once more\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a variable" }).ClickAsync();
        await Expect(page.Locator("[name=variable]")).ToHaveCountAsync(5);
        Assert.Equal(["MULTI", "B", "DROP", "A", ""], await page.Locator("[name=variable]").EvaluateAllAsync<string[]>("all => all.map(one => one.value)"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove variable 3" }).ClickAsync();
        Assert.Equal("sh", (await page.Locator("#command").InputValueAsync())[..2]);
        await page.GetByLabel("When it starts").SelectOptionAsync("once this has ended");
        await page.GetByLabel("One of your jobs").SelectOptionAsync(first);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.Locator("#dependencies")).ToHaveValueAsync($"afterany:{first}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();

        await Expect(page.GetByText("Submitted.")).ToBeVisibleAsync();
        var id = new Uri(page.Url).Segments[^1];
        await site.Server.CancelAsync(Server.Alice, first);
        await site.Server.AwaitStatusAsync(Server.Alice, id, "COMPLETED");
        using var client = site.Server.ClientFor(Server.Alice);
        client.DefaultRequestHeaders.Add("Accept", "text/plain");
        Assert.Equal("once more;two\nlines;\"2\";none;", await client.GetStringAsync($"/api/v1/jobs/{id}/output", Token));
    }

    [Fact]
    public async Task Sliders_go_as_far_as_the_account_may_and_what_is_left_of_its_limits_stands_beside()
    {
        using var superuser = site.Server.ClientFor(Server.Superuser);
        await LimitAsync(new { activeJobs = 500, cores = 2, duration = 3600 });
        try
        {
            await using var visit = await site.VisitAsAsync(Server.Bob);
            var page = visit.Page;
            await visit.GoAsync("/jobs/submit");
            var check = page.GetByRole(AriaRole.Region, new() { Name = "What this does" });
            await Expect(check.GetByText("left of 500")).ToBeVisibleAsync();
            await Expect(check.GetByText("at most 1 h 00 m")).ToBeVisibleAsync();
            var slider = page.GetByLabel("Tasks, slider");
            Assert.Equal(("1", "2"), (await slider.InputValueAsync(), await slider.GetAttributeAsync("max")));
            await page.Locator("#command").FillAsync("true");
            await slider.PressAsync("End");
            await Expect(page.Locator("#tasks")).ToHaveValueAsync("2");
            await Expect(check.GetByText("Asks for 2 tasks")).ToBeVisibleAsync();
            await page.Locator("#tasks").FillAsync("1");
            await Expect(slider).ToHaveValueAsync("1");
            await page.Locator("#cores").FillAsync("3");
            await Expect(check.GetByText("The job asks for 3 cores; this account may use 2 cores in one job.")).ToBeVisibleAsync();
            await page.Locator("#cores").FillAsync("1");

            await page.GetByText("More", new() { Exact = true }).ClickAsync();
            await page.GetByText("Paste a block").ClickAsync();
            await page.Locator("#environment").FillAsync("ONE=1\nnone");
            await page.Locator("#environment").BlurAsync();
            await Expect(check.GetByText("this is none: none")).ToBeVisibleAsync();
            await page.Locator("#environment").FillAsync("export ONE=1\nTWO=a=b");
            await page.Locator("#environment").BlurAsync();
            await Expect(page.Locator("[name=variable]")).ToHaveCountAsync(2);
            await Expect(page.Locator("#environment")).ToHaveValueAsync("");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add a variable" }).ClickAsync();
            await Expect(page.GetByLabel("Name of variable 3")).ToBeFocusedAsync();
            await page.GetByLabel("Name of variable 3").FillAsync("ONE");
            await Expect(check.GetByText("ONE stands here twice.")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Remove variable 3" }).ClickAsync();
            await Expect(check.GetByText("Would start now.").Or(check.GetByText("Would wait."))).ToBeVisibleAsync();
            await visit.LooksRightAsync("submit-fields");
        }
        finally
        {
            await LimitAsync(new { });
        }

        async Task LimitAsync(object limits)
        {
            using var answer = await superuser.PatchAsJsonAsync($"/api/v1/users/{Server.Bob}", new { limits }, Token);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task A_clone_asks_for_the_same_again_but_for_secrets_and_says_what_it_left_out()
    {
        var other = await site.Server.SubmitAsync(Server.Alice, new { name = "waited-for", command = (string[])["true"], urgency = 0 });
        var model = await site.Server.SubmitAsync(Server.Alice, new
        {
            name = "to-clone",
            command = (string[])["sh", "-c", "echo \"$A\"; exit 3", ""],
            nodes = 1,
            tasks = 2,
            duration = "90s",
            cwd = "/tmp",
            urgency = 5,
            requires = "(rank:0 or not bigmem) and not slow",
            dependencies = new[] { $"afterany:{other}", "begin-time:1" },
            environment = new Dictionary<string, string> { ["A"] = "two\nlines", ["B"] = "a=b {{id}}", ["API_TOKEN"] = "hidden!" },
            attributes = new Dictionary<string, object> { ["user.tags"] = (string[])["mine", "a/b"] },
            shellOptions = new Dictionary<string, object> { ["cpu-affinity"] = "per-task", ["output.limit"] = "1M", ["verbose"] = 1, ["text"] = "1" },
            stdout = "/tmp/out.txt",
        });
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync($"/jobs/submit?from={model}");
        await Expect(page.GetByText("its environment copied without secrets")).ToContainTextAsync("API_TOKEN");
        await Expect(page.GetByText("It waited for what is past or unknown now: begin-time:1")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**?new=1");
        var clone = new Uri(page.Url).Segments[^1];

        var (before, after) = (await site.Server.JobspecAsync(Server.Alice, model), await site.Server.JobspecAsync(Server.Alice, clone));
        before["attributes"]!["system"]!["dependencies"]!.AsArray().RemoveAt(1);
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        Assert.Equal(5, (await JobAsync(clone)).GetProperty("urgency").GetInt32());
        Assert.Equal((await EnvironmentAsync(model)).Replace("API_TOKEN hidden", "", StringComparison.Ordinal), await EnvironmentAsync(clone));
        await Expect(page.GetByText("hidden!")).ToHaveCountAsync(0);

        await visit.GoAsync($"/jobs/{model}?tab=spec");
        await Expect(page.GetByText("Without what looks like a secret: API_TOKEN")).ToBeVisibleAsync();
        Assert.DoesNotContain("hidden!", await page.ContentAsync(), StringComparison.Ordinal);
        await visit.GoAsync($"/jobs/{model}?tab=details");
        await Expect(page.GetByText("a/b", new() { Exact = true })).ToBeVisibleAsync();
        foreach (var id in (string[])[model, clone, other])
        {
            await site.Server.CancelAsync(Server.Alice, id);
        }

        async Task<string> EnvironmentAsync(string id)
        {
            await visit.GoAsync($"/jobs/{id}?tab=details");
            return string.Join(' ', (await page.Locator("dl.environment").TextContentAsync())!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task What_the_form_cannot_say_is_cloned_as_a_whole_jobspec()
    {
        var model = await site.Server.SubmitAsync(Server.Alice, new { name = "uneven", command = (string[])["true"], nodes = 2, tasks = 3, urgency = 0 });
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/submit?from={model}");
        await Expect(visit.Page.Locator("#jobspec")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("uneven"));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await visit.Page.WaitForURLAsync("**?new=1");
        var clone = new Uri(visit.Page.Url).Segments[^1];
        Assert.Equal((await site.Server.JobspecAsync(Server.Alice, model)).ToJsonString(), (await site.Server.JobspecAsync(Server.Alice, clone)).ToJsonString());
        await site.Server.CancelAsync(Server.Alice, model);
        await site.Server.CancelAsync(Server.Alice, clone);
    }

    private async Task<JsonElement> JobAsync(string id)
    {
        using var client = site.Server.ClientFor(Server.Alice);
        return await client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{id}", Token);
    }
}
