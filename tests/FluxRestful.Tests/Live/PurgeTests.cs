using FluxRestful.Tests.Api;
using FluxRestful.Tests.Fakes;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Live;

/// <summary>What is left of jobs that a real Flux has purged. The instance is the test's own, for everything in it is purged.</summary>
[Collection(nameof(LiveFlux))]
public sealed class PurgeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_flux_job_purge_takes_away_a_server_knows_also_when_it_starts_anew()
    {
        FluxCommand.Require();
        await using var flux = await FluxInstance.StartAsync(1, Token);
        var data = Directory.CreateTempSubdirectory("flux-restful-past-");
        try
        {
            string failed, running, late;
            await using (var app = await StartAsync())
            {
                failed = await SubmitAsync(app.Alice, "false", "INACTIVE");
                running = await SubmitAsync(app.Alice, "sleep 600", "RUN");
                await SubmitAsync(app.Bob, "true", "INACTIVE");
                await PurgeAsync();
                await Eventually.TrueAsync(async () => (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{failed}")).TryGetProperty("purged", out _), Token);
                var job = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{failed}");
                Assert.Equal(("FAILED", 1, "node0"), (job.GetProperty("status").GetString(), job.GetProperty("returncode").GetInt32(), job.GetProperty("nodelist").GetString()));
                foreach (var part in (string[])["output", "jobspec", "R", "eventlog"])
                {
                    await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{failed}/{part}", 410);
                }

                await ApiApp.GetAsync(app.Bob, $"/api/v1/jobs/{failed}", 404);
                Assert.False((await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{running}")).TryGetProperty("purged", out _));
                late = await SubmitAsync(app.Alice, "true", "INACTIVE");
            }

            // No server is there that could hear of it.
            await PurgeAsync();
            await using var second = await StartAsync();
            Assert.Equal(
                [(late, true), (running, false), (failed, true)],
                (await ApiApp.GetAsync(second.Alice, "/api/v1/jobs")).GetProperty("jobs").EnumerateArray()
                    .Select(job => (job.GetProperty("id").GetString()!, job.TryGetProperty("purged", out _))));
            Assert.Equal(4, (await ApiApp.GetAsync(second.Operator, "/api/v1/jobs")).GetProperty("matching").GetInt32());
            await ApiApp.GetAsync(second.Bob, $"/api/v1/jobs/{late}", 404);
            var usage = (await ApiApp.GetAsync(second.Alice, "/api/v1/usage?range=90d")).GetProperty("tenants")[0];
            Assert.Equal((2, 1, 1), (usage.GetProperty("ended").GetInt32(), usage.GetProperty("failed").GetInt32(), usage.GetProperty("active").GetInt32()));
            var ended = (await ApiApp.GetAsync(second.Alice, "/api/v1/cluster/history?range=30d")).GetProperty("ended").EnumerateArray().ToList();
            Assert.Equal((2, 1), (ended.Sum(step => step.GetProperty("completed").GetInt32()), ended.Sum(step => step.GetProperty("failed").GetInt32())));
            await ApiApp.ReadAsync(await second.Alice.DeleteAsync($"/api/v1/jobs/{running}", Token), 202);
        }
        finally
        {
            data.Delete(recursive: true);
        }

        Task<ApiApp> StartAsync() => ApiApp.StartAsync(new TestApp { KeptDataDirectory = Path.Combine(data.FullName, "data") }, ("FLUX_URI", flux.Uri));

        async Task PurgeAsync()
        {
            var outcome = await FluxCommand.RunAsync(flux.Uri, Token, "job", "purge", "--num-limit=0", "--force");
            Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        }
    }
}
