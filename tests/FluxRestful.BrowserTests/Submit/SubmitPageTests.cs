using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Submit;

public sealed class SubmitPageTests(Site site)
{
    [Fact]
    public async Task P11_P12_P15_P36_the_form_says_what_becomes_of_it_and_makes_the_job()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync("/jobs/submit");
        await visit.LooksRightAsync("submit-empty");
        await visit.Page.GetByLabel("Command", new() { Exact = true }).Last.FillAsync("sh -c 'echo $GREETING there; exit 3'");
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("made-by-form");
        await visit.Page.GetByLabel("Time limit").FillAsync("1.5h");
        await visit.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await visit.Page.GetByLabel("Name of variable 1").FillAsync("GREETING");
        await visit.Page.GetByLabel("Value of variable 1").FillAsync("hello = ünïcode");
        var check = visit.Page.GetByRole(AriaRole.Region, new() { Name = "What this does" });
        await Expect(check.GetByText("Would start now.")).ToBeVisibleAsync();
        await Expect(check.Locator(".word")).ToHaveTextAsync(["sh", "-c", "echo $GREETING there; exit 3"]);
        await Expect(check.GetByText("Ends after 1 h 30 m at the latest.")).ToBeVisibleAsync();
        await check.GetByText("As curl").ClickAsync();
        await visit.LooksRightAsync("submit");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();

        await Expect(visit.Page.GetByText("Submitted. Submit another like this")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Log).GetByText("hello = ünïcode there")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#job .badge")).ToContainTextAsync("Failed");
        await Expect(visit.Page.GetByText("exit 3")).ToBeVisibleAsync();
        await visit.LooksRightAsync("job-failed");
    }

    [Fact]
    public async Task P15_P16_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice, new() { JavaScriptEnabled = false });
        visit.Expects(422);
        await visit.GoAsync("/jobs/submit");
        await visit.Page.Locator("#command").FillAsync("echo 'unbalanced");
        await visit.Page.GetByLabel("Tasks", new() { Exact = true }).FillAsync("3");
        await visit.Page.GetByLabel("Time limit").FillAsync("soon");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No closing quotation");
        Assert.Equal("true", await visit.Page.Locator("#timeLimit").GetAttributeAsync("aria-invalid"));
        Assert.Equal("echo 'unbalanced", await visit.Page.Locator("#command").InputValueAsync());
        Assert.Equal("3", await visit.Page.GetByLabel("Tasks", new() { Exact = true }).InputValueAsync());

        await visit.Page.Locator("#command").FillAsync("true");
        await visit.Page.Locator("#timeLimit").FillAsync("2");
        await visit.Page.Locator("#tasks").FillAsync("1");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Expect(visit.Page.GetByText("Submitted.")).ToBeVisibleAsync();
        var id = new Uri(visit.Page.Url).Segments[^1];
        using var client = site.Server.ClientFor(Server.Alice);
        Assert.Equal(120, (await client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{id}", TestContext.Current.CancellationToken)).GetProperty("duration").GetDouble());
    }

    [Fact]
    public async Task What_is_wrong_takes_the_focus()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        visit.Expects(422);
        await visit.GoAsync("/jobs/submit");
        await visit.Page.Locator("#tasks").FillAsync("");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await visit.LooksRightAsync("submit-wrong");
    }

    [Fact]
    public async Task P35_a_form_that_is_sent_twice_makes_one_job()
    {
        using var client = site.Server.ClientFor(Server.Bob);
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var page = await client.GetAsync("/jobs/submit", TestContext.Current.CancellationToken);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Add("Cookie", page.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        var sent = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Between(html, "name=\"__RequestVerificationToken\" value=\"", "\""),
            ["key"] = Between(html, "name=\"key\" value=\"", "\""),
            ["kind"] = "command",
            ["command"] = "true",
            ["shape"] = "tasks",
            ["tasks"] = "1",
            ["urgency"] = "0",
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostAsync()));
        var again = await PostAsync();
        var made = answers.Append(again).Select(answer => answer.Headers.Location?.OriginalString).OfType<string>().Distinct();
        Assert.Single(made);

        async Task<HttpResponseMessage> PostAsync()
        {
            using var form = new FormUrlEncodedContent(sent);
            return await client.PostAsync("/jobs/submit", form, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_copy_has_the_command_word_for_word_and_what_can_never_run_is_told()
    {
        string[] words = ["printf", "%s|", "a b", "it's", "\"$HOME\"", "new\nline", ""];
        var id = await site.Server.SubmitAsync(Server.Alice, new { name = "to-copy", command = words, duration = "90s", urgency = 0 });
        await using var visit = await site.VisitAsAsync(Server.Alice);
        await visit.GoAsync($"/jobs/submit?from={id}");
        var check = visit.Page.GetByRole(AriaRole.Region, new() { Name = "What this does" });
        await Expect(check.Locator(".word")).ToHaveCountAsync(words.Length);
        Assert.Equal(words, await check.Locator(".word").AllTextContentsAsync());
        await Expect(visit.Page.GetByText("its environment copied without secrets")).ToBeVisibleAsync();
        await visit.Page.GetByText("Per node", new() { Exact = true }).ClickAsync();
        await visit.Page.Locator("#nodes").FillAsync("99");
        await Expect(check.GetByText("Can never run here.")).ToBeVisibleAsync();
        await visit.LooksRightAsync("submit-never");
        await site.Server.CancelAsync(Server.Alice, id);
    }

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }
}
