using FluxRestful.Api.Access;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Personal;
using FluxRestful.Core.Jobs;
using FluxRestful.Tests.Api.Access.Sessions;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Tokens.Revocation;

public sealed class OpenRequestsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("revoked")]
    [InlineData("signed out")]
    [InlineData("disabled")]
    [InlineData("personal")]
    [InlineData("password")]
    public async Task A_stream_is_cut_when_what_opened_it_is_not_good_any_more_and_no_other(string how)
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.App.ClientFor("alice"), "sh -c 'echo begun; sleep 300'");
        var grant = await TokenForms.SignInAsync(app, "alice");
        var alice = (await app.App.Services.GetRequiredService<TenantDirectory>().FindAsync("alice", Token))!;
        var tokens = app.App.Services.GetRequiredService<PersonalTokens>();
        var (row, personal) = (await tokens.CreateAsync(alice.Id, "ci", ["jobs:read"], [], TimeSpan.FromDays(1), Token))!.Value;
        await using var cut = await FollowAsync(
            how switch
            {
                "personal" => app.App.With("Bearer", personal),
                "password" => app.App.BasicClientFor("alice", ApiApp.Password),
                _ => app.App.With("Bearer", grant.Access()),
            },
            id);
        await using var stays = await FollowAsync(app.App.ClientFor(TestApp.Superuser), id);
        switch (how)
        {
            case "revoked": await TokenForms.RevokeAsync(app, grant.Access()); break;
            case "signed out": await ApiApp.ReadAsync(await app.Bearer(grant.Access()).PostAsync("/api/v1/token/sign-out-everywhere", null, Token), 204); break;
            case "disabled": await app.App.Services.GetRequiredService<TenantAccounts>().SetDisabledAsync("alice", true, Token); break;
            case "personal": await tokens.RevokeAsync(alice.Id, row.Id, Token); break;
            default: await app.App.Services.GetRequiredService<TenantAccounts>().SetPasswordAsync("alice", "another password", Token); break;
        }

        // Not the end of the job: the connection breaks.
        await Assert.ThrowsAnyAsync<Exception>(async () => await cut.ReadExactlyAsync(new byte[1], Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token));
        var other = stays.ReadAsync(new byte[1], Token).AsTask();
        Assert.False(other.IsCompleted);
        await RestfulApp.PostAsync(app.App.ClientFor(TestApp.Superuser), $"/v1/jobs/{id}/cancel");
        Assert.Equal(0, await other.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Theory]
    [InlineData("/api/v1/events", "deleted")]
    [InlineData("/api/v1/events", "disabled")]
    [InlineData("/api/v1/jobs/ID/events", "deleted")]
    [InlineData("/api/v1/jobs/ID/events", "disabled")]
    [InlineData("/api/v1/jobs/ID/output", "deleted")]
    [InlineData("/api/v1/jobs/ID/output", "disabled")]
    [InlineData("/ui/events", "deleted")]
    [InlineData("/api/v1/jobs/ID/output", "session")]
    [InlineData("/api/v1/events", "session")]
    public async Task A_stream_of_an_account_that_is_deleted_or_disabled_or_of_a_session_that_ended_is_cut(string path, string how)
    {
        await using var app = await ApiApp.StartAsync();
        var id = new JobId(await RestfulApp.SubmitAsync(app.App.ClientFor("alice"), "sh -c 'echo begun; sleep 300'"));
        using var client = app.App.Anonymous();
        if (how == "session")
        {
            var browser = new Browser(app.App);
            await browser.SignInAsync("alice", ApiApp.Password);
            client.DefaultRequestHeaders.Add("Cookie", $"{SessionCookie.Name}={browser.Cookie(SessionCookie.Name)}");
        }
        else
        {
            client.DefaultRequestHeaders.Authorization = app.App.ClientFor("alice").DefaultRequestHeaders.Authorization;
        }

        client.DefaultRequestHeaders.Add("Accept", "text/event-stream");
        using var answer = await client.GetAsync(path.Replace("ID", id.ToString(), StringComparison.Ordinal), HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        await using var stream = await answer.Content.ReadAsStreamAsync(Token);
        switch (how)
        {
            case "deleted": await ApiApp.ReadAsync(await app.Superuser.DeleteAsync("/api/v1/users/alice?jobs=leave", Token), 200); break;
            case "disabled": await app.App.Services.GetRequiredService<TenantAccounts>().SetDisabledAsync("alice", true, Token); break;
            default: await ApiApp.ReadAsync(await app.Alice.DeleteAsync("/api/v1/account/sessions", Token), 204); break;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            // What was sent before is read first; an end in good order would be none.
            while (await stream.ReadAsync(buffer, patience.Token) > 0)
            {
            }
        });
        Assert.False(patience.IsCancellationRequested, "It went on.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_shows_everybodys_jobs_is_cut_when_its_tenant_may_see_them_no_more(bool personal)
    {
        await using var app = await ApiApp.StartAsync();
        var accounts = app.App.Services.GetRequiredService<TenantAccounts>();
        using var client = app.App.ClientFor("oscar");
        if (personal)
        {
            var oscar = (await app.App.Services.GetRequiredService<TenantDirectory>().FindAsync("oscar", Token))!;
            var made = (await app.App.Services.GetRequiredService<PersonalTokens>().CreateAsync(oscar.Id, "ci", ["jobs:read"], [], TimeSpan.FromDays(1), Token))!.Value;
            client.DefaultRequestHeaders.Authorization = new("Bearer", made.Token);
        }

        client.DefaultRequestHeaders.Add("Accept", "text/event-stream");
        using var answer = await client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Token);
        await using var stream = await answer.Content.ReadAsStreamAsync(Token);
        await accounts.ChangeAsync("oscar", new TenantChange { Role = Role.User }, null, null, Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await stream.ReadAsync(buffer, patience.Token) > 0)
            {
            }
        });
        Assert.False(patience.IsCancellationRequested, "It went on.");
    }

    // From behind the first line on.
    private static async Task<Stream> FollowAsync(HttpClient client, ulong id)
    {
        var stream = await client.GetStreamAsync($"/v1/jobs/{id}/output/stream", Token);
        await stream.ReadExactlyAsync(new byte["begun\n".Length], Token);
        return stream;
    }
}
