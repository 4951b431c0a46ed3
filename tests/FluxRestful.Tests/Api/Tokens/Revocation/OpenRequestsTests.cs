using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Personal;
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

    // From behind the first line on.
    private static async Task<Stream> FollowAsync(HttpClient client, ulong id)
    {
        var stream = await client.GetStreamAsync($"/v1/jobs/{id}/output/stream", Token);
        await stream.ReadExactlyAsync(new byte["begun\n".Length], Token);
        return stream;
    }
}
