using System.Text.Json;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Tests.Live;

/// <summary>What every broker has to do, asked over its own socket: one set of tests for the embedded broker and for a real Flux.</summary>
public abstract partial class BrokerTests : IAsyncLifetime
{
    private BrokerSession _broker = null!;

    internal BrokerSession Broker => _broker;

    public async ValueTask InitializeAsync()
    {
        _broker = new BrokerSession(await UriAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_broker is not null)
        {
            await LeaveNothingAsync();
            await _broker.DisposeAsync();
        }
    }

    // A test that failed half way must not spoil the next one.
    private async Task LeaveNothingAsync()
    {
        await Broker.CallAsync("job-manager.raiseall", new { dry_run = false, userid = uint.MaxValue, states = 62, severity = 0, type = "cancel" });
        foreach (var job in await Broker.ListAsync(new { states = (string[])["active"] }))
        {
            await Broker.EndAsync(BrokerSession.IdIn(job));
        }
    }

    /// <summary>The broker that all tests of the class share. Every test leaves it as it was.</summary>
    protected abstract Task<string> UriAsync(CancellationToken cancellationToken);

    /// <summary>A broker of its own for one test, in a directory where there was one before perhaps.</summary>
    /// <returns>Disposing ends it; its socket is <c>local-0</c> in the directory.</returns>
    protected abstract Task<IAsyncDisposable> StartAsync(string directory, CancellationToken cancellationToken);

    private static int? Number(JsonElement job, string name) => job.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static double Real(JsonElement job, string name) => job.GetProperty(name).GetDouble();

    private static string? Text(JsonElement job, string name) => job.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool Has(JsonElement job, string name) => job.TryGetProperty(name, out _);

    private static JobResult ResultOf(JsonElement job) => (JobResult)job.GetProperty("result").GetInt32();

    private static JobState StateOf(JsonElement job) => (JobState)job.GetProperty("state").GetInt32();
}
