using System.Text.Json;
using FluxRestful.Core.Services;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Jobs.Output;

/// <summary>A broker with one job, <see cref="Id"/>, that runs for ever and writes what the test says.</summary>
internal static class OneJob
{
    internal const string Id = "f2";

    private const string Journal = """
        {"id":1,"events":[{"timestamp":1,"name":"submit","context":{"userid":1,"urgency":16,"flags":0}},{"timestamp":2,"name":"validate"},
        {"timestamp":3,"name":"depend"},{"timestamp":4,"name":"priority","context":{"priority":16}},{"timestamp":5,"name":"alloc"}]}
        """;

    /// <param name="output">What the watch of its output is answered, each time it is opened.</param>
    internal static FakeBroker Writing(Func<FakeCall, Task> output) => new FakeBroker()
        .On("job-manager.events-journal", async call =>
        {
            await call.RespondAsync(Journal);
            await call.RespondAsync("""{"id":-1,"events":[]}""");
            await call.Cancelled;
        })
        .On("job-info.eventlog-watch", call => call.Json.GetProperty("path").GetString() == JobInfo.Output ? output(call) : call.Cancelled);

    /// <summary>These entries, and then nothing; it goes on for ever unless it ends.</summary>
    internal static FakeBroker Writing(bool ends, params object[] entries) => Writing(async call =>
    {
        foreach (var entry in entries)
        {
            await TellAsync(call, entry);
        }

        if (ends)
        {
            await call.EndAsync();
            return;
        }

        // All that was there has been told.
        await call.RespondAsync();
        await call.Cancelled;
    });

    internal static Task TellAsync(FakeCall call, object entry) =>
        call.RespondAsync(JsonSerializer.Serialize(new Dictionary<string, string> { ["event"] = JsonSerializer.Serialize(entry) + "\n" }));

    internal static object Data(string data, string stream = "stdout", string rank = "0", bool eof = false) =>
        new { timestamp = 6.0, name = "data", context = eof ? (object)new { stream, rank, data, eof } : new { stream, rank, data } };

    internal static object Bytes(params byte[] data) =>
        new { timestamp = 6.0, name = "data", context = new { stream = "stdout", rank = "0", encoding = "base64", data = Convert.ToBase64String(data) } };

    internal static object Redirect(string path) => new { timestamp = 6.0, name = "redirect", context = new { stream = "stdout", rank = "0-1", path } };

    internal static object Log(int level, string message) => new { timestamp = 6.0, name = "log", context = new { rank = 0, level, message } };
}
