using FluxRestful.Core.Jobs;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Jobs.Endpoints;

/// <summary>The sentences that tests about jobs that are there begin with.</summary>
internal static class SubmittedJobs
{
    /// <summary>Submits, and waits for a state; answers the id.</summary>
    internal static async Task<string> SubmitAsync(HttpClient client, string command, string? state = null, string more = "")
    {
        var id = await RestfulApp.SubmitAsync(client, command, more);
        if (state is not null)
        {
            await RestfulApp.WaitAsync(client, id, state);
        }

        return new JobId(id).ToString();
    }

    /// <summary>Waits until a member of the job is so.</summary>
    internal static Task UntilAsync(HttpClient client, string id, string member, string value) => Eventually.TrueAsync(
        async () => (await ApiApp.GetAsync(client, $"/api/v1/jobs/{id}")).TryGetProperty(member, out var found) && found.ToString() == value,
        TestContext.Current.CancellationToken);
}
