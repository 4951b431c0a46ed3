using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Submit;

public sealed class SubmitWaysTests(Site site)
{
    private static readonly string[] Nothing = ["true"];

    [Fact]
    public async Task A_script_comes_from_a_file_its_directives_are_shown_and_hold_where_the_form_says_nothing()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync("/jobs/submit");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Kinds of job" }).GetByRole(AriaRole.Link, new() { Name = "Script" }).ClickAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "job.sh",
            MimeType = "text/x-sh",
            Buffer = "#!/bin/sh\n#flux: --job-name=by-directive -t 7m\n#flux: --urgency=9\necho ran as a script\n"u8.ToArray(),
        });
        // One that is too large changes nothing, and what is there can be sent all the same.
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "large.sh", MimeType = "text/x-sh", Buffer = new byte[(1024 * 1024) + 1] });
        Assert.Equal("The file is larger than 1 MiB.", await page.Locator("#script").EvaluateAsync<string>("it => it.validationMessage"));
        var check = page.GetByRole(AriaRole.Region, new() { Name = "What this does" });
        await Expect(check.GetByText("The script asks for")).ToBeVisibleAsync();
        await Expect(check.GetByText("by-directive", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(check.GetByText("7 m 00 s", new() { Exact = true })).ToBeVisibleAsync();
        await visit.LooksRightAsync("submit-script");
        var id = await SubmittedAsync(page);
        await Expect(page.GetByRole(AriaRole.Log).GetByText("ran as a script")).ToBeVisibleAsync();
        var job = await JobAsync(Server.Alice, id);
        Assert.Equal(("by-directive", 420.0, 9), (job.GetProperty("name").GetString(), job.GetProperty("duration").GetDouble(), job.GetProperty("urgency").GetInt32()));

        await visit.GoAsync($"/jobs/submit?from={id}");
        await Expect(page.Locator("#script")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("ran as a script"));

        // 1 MiB of what grows most on its way.
        var largest = "#!/bin/sh\necho as large as may be; exit\n" + new string('#', 1000);
        largest += string.Concat(Enumerable.Repeat("\"é\n", 250_000));
        largest += new string('#', (1024 * 1024) - System.Text.Encoding.UTF8.GetByteCount(largest));
        await visit.GoAsync("/jobs/submit?tab=script");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "large.sh", MimeType = "text/x-sh", Buffer = System.Text.Encoding.UTF8.GetBytes(largest) });
        await Expect(check.GetByText("It is too long to be copied as a command.")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await SubmittedAsync(page);
        await Expect(page.GetByRole(AriaRole.Log).GetByText("as large as may be")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_whole_jobspec_is_submitted_as_it_is_and_what_is_no_json_is_told_by_its_line()
    {
        var model = await site.Server.SubmitAsync(Server.Alice, new { name = "as-a-jobspec", command = Nothing, urgency = 0, duration = 30 });
        var jobspec = await site.Server.JobspecAsync(Server.Alice, model);
        await using var visit = await site.VisitAsAsync(Server.Alice);
        visit.Expects(422);
        var page = visit.Page;
        await visit.GoAsync("/jobs/submit?tab=jobspec");
        await page.Locator("#jobspec").FillAsync("{\n  \"version\": 1,\n  oops\n}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is no JSON: line 3");
        await page.Locator("#jobspec").FillAsync(jobspec.ToJsonString());
        await page.Locator("#urgency").FillAsync("0");
        var id = await SubmittedAsync(page);
        Assert.True(JsonNode.DeepEquals(jobspec, await site.Server.JobspecAsync(Server.Alice, id)));
        await site.Server.CancelAsync(Server.Alice, model);
        await site.Server.CancelAsync(Server.Alice, id);
    }

    [Fact]
    public async Task What_is_copied_as_curl_Python_or_CSharp_makes_the_same_job_as_the_form()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync("/jobs/submit");
        await page.Locator("#command").FillAsync("printf '%s\\n' \"it's\" 'a \"b\" $HOME ünï 😀' 'back\\slash'");
        await page.Locator("#name").FillAsync("copied-as");
        await page.Locator("#timeLimit").FillAsync("90s");
        await page.GetByText("More", new() { Exact = true }).ClickAsync();
        await page.GetByText("Paste a block").ClickAsync();
        await page.Locator("#environment").FillAsync("export ODD='\"\\\nOTHER=a=b");
        await page.Locator("#urgency").FillAsync("0");
        var check = page.GetByRole(AriaRole.Region, new() { Name = "What this does" });
        await Expect(check.Locator("pre").First).ToContainTextAsync("--urgency=0");
        var curl = await TextAsync(check, "curl");
        var python = await TextAsync(check, "Python");
        var csharp = await TextAsync(check, "C#");
        var made = await site.Server.JobspecAsync(Server.Alice, await SubmittedAsync(page));

        var byCurl = JsonElement.Parse(await CopiedProgram.RunAsync("", "sh", "-c", curl.Replace("-u NAME", $"-s -u '{Server.Alice}:{Server.Password}'", StringComparison.Ordinal)));
        Assert.True(JsonNode.DeepEquals(made, await site.Server.JobspecAsync(Server.Alice, byCurl.GetProperty("id").GetString()!)), curl);
        var token = await TokenAsync();
        if (File.Exists("/usr/bin/python3"))
        {
            var byPython = JsonElement.Parse(await CopiedProgram.RunAsync(token, "/usr/bin/python3", "-c", python));
            Assert.True(JsonNode.DeepEquals(made, await site.Server.JobspecAsync(Server.Alice, byPython.GetProperty("id").GetString()!)), python);
        }

        var byCSharp = JsonElement.Parse(await CopiedProgram.CompileAndRunAsync(token, csharp));
        Assert.True(JsonNode.DeepEquals(made, await site.Server.JobspecAsync(Server.Alice, byCSharp.GetProperty("id").GetString()!)), csharp);
    }

    private async Task<string> TokenAsync()
    {
        using var client = site.Server.ClientFor(Server.Alice);
        var answer = await client.PostAsJsonAsync("/api/v1/account/tokens", new { name = "copied", scopes = (string[])["jobs:write"] }, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("token").GetString()!;
    }

    [Fact]
    public async Task A_preset_fills_the_form_can_be_saved_and_is_nobody_elses()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        visit.Expects(422);
        var page = visit.Page;
        await visit.GoAsync("/jobs/submit");
        var presets = page.GetByRole(AriaRole.Group, new() { Name = "Presets" });
        await presets.GetByRole(AriaRole.Link, new() { Name = "array" }).ClickAsync();
        await Expect(page.Locator("#copies")).ToHaveValueAsync("10");
        Assert.Contains("FLUX_JOB_CC", await page.Locator("#command").InputValueAsync(), StringComparison.Ordinal);
        await presets.GetByRole(AriaRole.Link, new() { Name = "MPI" }).ClickAsync();
        await Expect(page.Locator("#nodes")).ToHaveValueAsync("2");

        await page.Locator("#nodes").FillAsync("3");
        await page.GetByLabel("Name of variable 1").FillAsync("A");
        await page.GetByLabel("Value of variable 1").FillAsync("1");
        await page.GetByText("Save as preset").ClickAsync();
        await page.GetByLabel("Name of the preset").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A preset has a name");
        await page.GetByLabel("Name of the preset").FillAsync("<b>mine</b> & \"only\"");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved as the preset <b>mine</b> & \"only\".")).ToBeVisibleAsync();
        await visit.LooksRightAsync("submit-preset");
        await visit.GoAsync("/jobs/submit");
        await presets.GetByRole(AriaRole.Link, new() { Name = "<b>mine</b>" }).ClickAsync();
        await Expect(page.Locator("#nodes")).ToHaveValueAsync("3");
        Assert.Equal(("3", "A", "1"), (await page.Locator("#nodes").InputValueAsync(), await page.GetByLabel("Name of variable 1").InputValueAsync(),
            await page.GetByLabel("Value of variable 1").InputValueAsync()));

        await using (var other = await site.VisitAsAsync(Server.Bob))
        {
            await other.GoAsync("/jobs/submit?preset=" + Uri.EscapeDataString("<b>mine</b> & \"only\""));
            await Expect(other.Page.GetByText("mine")).ToHaveCountAsync(0);
            Assert.Equal("", await other.Page.Locator("[name=variable]").InputValueAsync());
        }

        await page.GetByText("Save as preset").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(presets.GetByRole(AriaRole.Link, new() { Name = "mine" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Copies_are_made_at_once_and_each_knows_which_one_it_is_and_a_second_press_makes_no_more()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync("/jobs/submit");
        await page.Locator("#command").FillAsync("sh -c 'echo copy-number-$FLUX_JOB_CC'");
        await page.Locator("#name").FillAsync("copied");
        await page.Locator("#copies").FillAsync("3");
        await Expect(page.Locator("#check pre").First).ToContainTextAsync("--cc=0-2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).DblClickAsync();
        await Expect(page.GetByText("3 jobs submitted.")).ToBeVisibleAsync();
        await visit.GoAsync("/jobs?text=copied+FLUX_JOB_CC&sort=submitted");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(page.GetByText("Completed").Nth(3)).ToBeVisibleAsync();
        await page.Locator("tbody tr").Last.Locator(".c-name a").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Log).GetByText("copy-number-2")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_typed_outlives_the_session()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await visit.SignInAsync(Server.Alice);
        await visit.GoAsync("/jobs/submit");
        await page.Locator("#command").FillAsync("echo typed before the session ended");
        await page.Locator("#timeLimit").FillAsync("12m");
        await page.GetByText("Per node", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Whole nodes").CheckAsync();
        await page.GetByText("More", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Name of variable 1").FillAsync("A");
        await page.GetByLabel("Value of variable 1").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a variable" }).ClickAsync();
        await page.GetByLabel("Name of variable 2").FillAsync("B");
        await page.Locator("#tags").FillAsync("kept-tag");
        visit.Expects(401);
        visit.Expects(400);
        await page.Context.ClearCookiesAsync();
        await page.Locator("#name").FillAsync("kept");
        await Expect(page.Locator("#strip").GetByText("Your session has ended")).ToBeVisibleAsync();
        await page.Locator("#strip").GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync(Server.Alice);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Server.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("#command")).ToHaveValueAsync("echo typed before the session ended");
        Assert.Equal(("12m", "kept"), (await page.Locator("#timeLimit").InputValueAsync(), await page.Locator("#name").InputValueAsync()));
        Assert.Equal((true, true), (await page.GetByLabel("Whole nodes").IsCheckedAsync(), await page.GetByLabel("Name of variable 2").IsVisibleAsync()));
        Assert.Equal(["A", "B"], await page.Locator("[name=variable]").EvaluateAllAsync<string[]>("all => all.map(one => one.value)"));
        Assert.Equal("kept-tag", await page.Locator("#tags").InputValueAsync());

        // The session ends once more, and this time it is the press of the button that finds out.
        await visit.CancelDialogAsync();
        await page.Context.ClearCookiesAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await page.GetByLabel("Name").FillAsync(Server.Alice);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Server.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("#command")).ToHaveValueAsync("echo typed before the session ended");
        Assert.Equal("kept", await page.Locator("#name").InputValueAsync());
        var id = await SubmittedAsync(page);
        await page.ReloadAsync();
        await page.GoBackAsync();
        await Expect(page.Locator("#command")).ToHaveValueAsync("");
        await visit.GoAsync("/jobs?text=typed+before+session&sort=submitted");
        Assert.Equal(1, await page.Locator("tbody tr").CountAsync());
        await visit.GoAsync($"/jobs/{id}?tab=details");
        await page.GetByRole(AriaRole.Link, new() { Name = "kept-tag" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "kept-tag" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task With_keys_alone_a_job_is_submitted()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        var page = visit.Page;
        await visit.GoAsync("/jobs/submit");
        await TabToAsync(page, "command");
        await page.Keyboard.TypeAsync("echo g j ? typed by keys");
        await TabToAsync(page, "timeLimit");
        await page.Keyboard.TypeAsync("2");
        for (var i = 0; i < 60 && await page.EvaluateAsync<string>("document.activeElement.textContent.trim()") != "Submit"; i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Log).GetByText("g j ? typed by keys")).ToBeVisibleAsync();
    }

    private static async Task TabToAsync(IPage page, string id)
    {
        for (var i = 0; i < 60 && await page.EvaluateAsync<string>("document.activeElement.id") != id; i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(page.Locator("#" + id)).ToBeFocusedAsync();
    }

    private static async Task<string> TextAsync(ILocator check, string name)
    {
        var text = check.Locator("details").Filter(new() { Has = check.Page.GetByText($"As {name}", new() { Exact = true }) }).Locator("pre");
        return (await text.TextContentAsync())!;
    }

    private static async Task<string> SubmittedAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**?new=1");
        return new Uri(page.Url).Segments[^1];
    }

    private async Task<JsonElement> JobAsync(string tenant, string id)
    {
        using var client = site.Server.ClientFor(tenant);
        return await client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{id}", TestContext.Current.CancellationToken);
    }
}
