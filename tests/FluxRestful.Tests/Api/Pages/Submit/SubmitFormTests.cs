using System.Net;
using System.Text.RegularExpressions;
using FluxRestful.Tests.Api.Access.Sessions;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Pages.Submit;

/// <summary>The form as a browser without scripts sends it.</summary>
public sealed partial class SubmitFormTests
{
    private static readonly (string Name, string Value)[] Typed =
    [
        ("command", "echo 'unbalanced"), ("name", "a <b>name</b>"), ("copies", "2"), ("shape", "nodes"), ("tasks", "7"), ("nodes", "3"), ("tasksPerNode", "2"), ("cores", "5"),
        ("exclusive", "1"), ("timeLimit", "soon"), ("queue", "no such \"queue\""), ("cwd", "/a dir"), ("urgency", "17"), ("tags", "one two"), ("stdin", "in"), ("stdout", "out {{id}}"),
        ("stderr", "err"), ("requires", "bigmem and"), ("dependencies", "afterok:nothing"), ("variable", "A"), ("value", "two\nlines"), ("variable", "B"), ("value", ""),
        ("environment", "this is no block"), ("shellOptions", "verbose=2\n=x"), ("key", "0123456789abcdef0123456789abcdef"), ("kind", "command"),
    ];

    private static readonly string[] Unreadable = ["command", "environment", "shellOptions", "timeLimit"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_cannot_be_submitted_comes_back_with_all_that_was_typed_and_each_mistake_leads_to_its_field()
    {
        await using var app = await ApiApp.StartAsync();
        var browser = await SignedInAsync(app.App, "alice", ApiApp.Password);
        foreach (var name in (string[])["", "check"])
        {
            var answer = await browser.SendFormAsync("/jobs/submit", "/jobs/submit", name.Length == 0 ? Typed : [.. Typed, (name, "1")]);
            var page = await answer.Content.ReadAsStringAsync(Token);
            Assert.Equal(name.Length == 0 ? 422 : 200, (int)answer.StatusCode);
            foreach (var (field, value) in Typed)
            {
                Assert.Contains(value, Values(page, field));
            }

            // An unreadable form is not judged further: these are what cannot be read.
            Assert.Equal(Unreadable, MistakeLinks().Matches(page).Select(link => link.Groups[1].Value).Order());
            foreach (var field in Unreadable)
            {
                Assert.Matches($"id=\"{field}\"[^>]*aria-invalid=\"true\"", page);
                Assert.Contains($"id=\"{field}-error\"", page, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_mistake_that_the_judgement_of_the_request_finds_leads_to_a_field_that_is_there()
    {
        await using var app = await ApiApp.StartAsync();
        var browser = await SignedInAsync(app.App, "alice", ApiApp.Password);
        foreach (var (field, value) in ((string, string)[])
            [("urgency", "31"), ("requires", "bigmem and"), ("dependencies", "afterok:nothing"), ("shellOptions", "a..b=1"), ("copies", "1001"), ("tasks", "0")])
        {
            var answer = await browser.SendFormAsync("/jobs/submit", "/jobs/submit", ("command", "true"), ("kind", "command"), (field, value));
            var page = await answer.Content.ReadAsStringAsync(Token);
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{field}: {answer.StatusCode}");
            var target = string.Join(',', MistakeLinks().Matches(page).Select(link => link.Groups[1].Value));
            Assert.True(target == field && page.Contains($"id=\"{target}\"", StringComparison.Ordinal), $"{field} led to '{target}': {Regex.Match(page, "<li>.*?</li>.*?</ul>", RegexOptions.Singleline).Value}");
        }
    }

    [Fact]
    public async Task A_form_with_a_zero_byte_in_it_is_refused_and_says_why()
    {
        await using var app = await ApiApp.StartAsync();
        var browser = await SignedInAsync(app.App, "alice", ApiApp.Password);
        var answer = await browser.SendFormAsync("/jobs/submit", "/jobs/submit", ("command", "a\0b"), ("kind", "command"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This form cannot be read", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_block_is_read_by_the_server_alone()
    {
        await using var app = await ApiApp.StartAsync();
        var browser = await SignedInAsync(app.App, "alice", ApiApp.Password);
        Assert.Equal("""[["B","2 = x"],["A","once more"]]""", await ReadAsync("# of a shell\n\n export A=1\n  B=2 = x\r\nexport A=once more\n"));
        Assert.Equal("", await ReadAsync("A=1\nnothing"));
        Assert.Equal("", await ReadAsync("\n"));

        async Task<string> ReadAsync(string block)
        {
            var answer = await browser.SendFormAsync("/jobs/submit", "/ui/submit/variables", ("environment", block));
            return await answer.Content.ReadAsStringAsync(Token);
        }
    }

    /// <summary>Limits of the queue and the forecast are from one reading, of the queue that a script names itself too.</summary>
    [Theory]
    [InlineData("command", "true", "5 m 00 s")]
    [InlineData("script", "#!/bin/sh\n#flux: -q long\ntrue\n", "2 h 00 m")]
    public async Task A_check_reads_Fluxs_configuration_once(string kind, string text, string longest)
    {
        await using var broker = Small();
        await using var app = new TestApp { Settings = { ["FLUX_URI"] = broker.Uri } };
        var browser = await SignedInAsync(app, TestApp.Superuser, TestApp.SuperuserPassword);
        await browser.GetAsync("/jobs/submit");
        var before = broker.PayloadsOf("config.get").Count;
        var answer = await browser.SendFormAsync("/account", "/ui/submit/check", ("kind", kind), (kind, text), ("nodes", ""));
        var check = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains("Would start now.", check, StringComparison.Ordinal);
        Assert.Contains(longest, check, StringComparison.Ordinal);
        Assert.Equal(1, broker.PayloadsOf("config.get").Count - before);
    }

    private static FakeBroker Small()
    {
        const string None = """{"version":1,"execution":{"R_lite":[],"starttime":0.0,"expiration":0.0,"nodelist":[""]}}""";
        const string Four = """{"version":1,"execution":{"R_lite":[{"rank":"0-3","children":{"core":"0-1"}}],"starttime":0.0,"expiration":0.0,"nodelist":["n[0-3]"]}}""";
        return new FakeBroker()
            .On("job-manager.events-journal", async call =>
            {
                await call.RespondAsync("""{"id":-1,"events":[]}""");
                await call.Cancelled;
            })
            .Answers("resource.sched-status", $$"""{"all":{{Four}},"down":{{None}},"allocated":{{None}}}""")
            .Answers("job-manager.queue-list", """{"queues":["short","long"]}""")
            .Answers("job-manager.queue-status", """{"enable":true,"start":true}""")
            .Answers("attr.get", """{"value":"4","flags":0}""")
            .Answers("config.get", """
                {"policy":{"jobspec":{"defaults":{"system":{"queue":"short","duration":"1m"}}}},"queues":{"short":{"policy":{"limits":{"duration":"5m"}}},"long":{"policy":{"limits":{"duration":"2h"}}}}}
                """);
    }

    private static async Task<Browser> SignedInAsync(TestApp app, string name, string password)
    {
        var browser = new Browser(app);
        Assert.Equal(HttpStatusCode.Found, (await browser.SignInAsync(name, password)).StatusCode);
        return browser;
    }

    // Of inputs, areas of text, what is chosen and what is ticked.
    private static List<string> Values(string page, string field) =>
    [
        .. Regex.Matches(page, "<input[^>]*>").Select(input => input.Value)
            .Where(input => input.Contains($"name=\"{field}\"", StringComparison.Ordinal) && (!Regex.IsMatch(input, "type=\"(checkbox|radio)\"") || Regex.IsMatch(input, @"\schecked")))
            .Select(input => WebUtility.HtmlDecode(Regex.Match(input, "\\svalue=\"([^\"]*)\"").Groups[1].Value)),
        .. Regex.Matches(page, $"<textarea[^>]*name=\"{field}\"[^>]*>([^<]*)</textarea>").Select(area => WebUtility.HtmlDecode(area.Groups[1].Value)[1..]),
    ];

    [GeneratedRegex("<li><a href=\"#([^\"]+)\">")]
    private static partial Regex MistakeLinks();
}
