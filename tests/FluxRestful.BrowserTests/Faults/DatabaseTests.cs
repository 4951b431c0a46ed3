using FluxRestful.BrowserTests.Sites;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Faults;

/// <summary>The server's database held, or broken, by somebody who should not be in it.</summary>
public sealed class DatabaseTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_is_held_pages_are_read_and_what_would_change_it_says_when_to_come_again_and_then_does()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        visit.Expects(503);
        var page = visit.Page;
        await visit.GoAsync("/jobs/submit?tab=script");
        await page.Locator("#script").FillAsync("#!/bin/sh\ntrue\n");
        await page.GetByText("Save as preset").ClickAsync();
        await page.GetByLabel("Name of the preset").FillAsync("kept-at-last");
        await using (var connection = new SqliteConnection($"Data Source={site.Server.DatabasePath};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var hold = connection.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE; UPDATE Tenants SET Role = Role;";
            await hold.ExecuteNonQueryAsync(Token);
            await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The server is busy" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await Expect(page.GetByText("database is held by another process. Nothing was changed.")).ToBeVisibleAsync();
            await Expect(page.GetByText("send it once more in 5 s")).ToBeVisibleAsync();
            await visit.LooksRightAsync("problem-busy");
            Assert.Equal(200, (await visit.GoAsync("/jobs")).Status);
        }

        await visit.GoAsync("/jobs/submit?tab=script");
        // What was typed is still there, and what it was typed into stands open.
        await Expect(page.Locator("#script")).ToHaveValueAsync("#!/bin/sh\ntrue\n");
        await Expect(page.GetByLabel("Name of the preset")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Name of the preset")).ToHaveValueAsync("kept-at-last");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Saved as the preset kept-at-last.")).ToBeVisibleAsync();
        await page.GetByText("Save as preset").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
    }

    [Fact]
    public async Task A_fault_of_the_server_tells_nothing_of_it_but_a_trace_that_is_folded_away()
    {
        await using var visit = await site.VisitAsAsync(Server.Alice);
        visit.Expects(500);
        await RunAsync("ALTER TABLE SubmitPresets RENAME TO Elsewhere");
        try
        {
            Assert.Equal(500, (await visit.GoAsync("/jobs/submit")).Status);
        }
        finally
        {
            await RunAsync("ALTER TABLE Elsewhere RENAME TO SubmitPresets");
        }

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "The server failed" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("no such table")).ToHaveCountAsync(0);
        var details = visit.Page.Locator("#problem-details");
        await Expect(details).ToBeHiddenAsync();
        await visit.Page.GetByText("Details", new() { Exact = true }).ClickAsync();
        await Expect(details).ToContainTextAsync(new System.Text.RegularExpressions.Regex("500 server-error.*/jobs/submit.*[0-9a-f]{16,}.*UTC", System.Text.RegularExpressions.RegexOptions.Singleline));
        await visit.LooksRightAsync("problem-500");
        Assert.Equal(200, (await visit.GoAsync("/jobs/submit")).Status);
    }

    private async Task RunAsync(string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={site.Server.DatabasePath};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(Token);
    }
}
