using System.Net.Http.Headers;
using System.Text.Json;

namespace FluxRestful.Tests.Api.Jobs.Events;

/// <summary>A client that follows events, as a browser does.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventReader(HttpResponseMessage response, Stream body) => (_response, _reader) = (response, new StreamReader(body));

    /// <summary>The id of the last event that was read.</summary>
    internal string LastId { get; private set; } = "";

    internal int Heartbeats { get; private set; }

    internal static async Task<EventReader> OpenAsync(HttpClient client, string path, string? lastId = null)
    {
        var response = await SendAsync(client, path, lastId);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new EventReader(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    internal static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string? lastId = null, string accept = "text/event-stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>The next event: its kind and what it says; null at the end.</summary>
    internal async Task<(string Kind, JsonElement Data)?> NextAsync()
    {
        var kind = "";
        while (await _reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                LastId = line[4..];
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                kind = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var data = JsonElement.Parse(line[6..]);
                Assert.Equal(LastId, data.GetProperty("eventId").GetString());
                return (kind, data);
            }
            else if (line == ":")
            {
                Heartbeats++;
            }
        }

        return null;
    }

    /// <summary>Reads as far as this event of this job.</summary>
    /// <returns>The names of all events of that job on the way, with theirs.</returns>
    internal async Task<List<string>> UntilAsync(string id, string name)
    {
        var names = new List<string>();
        while (await NextAsync() is { } next)
        {
            if (next.Data.TryGetProperty("id", out var job) && job.GetString() == id)
            {
                names.Add(next.Data.GetProperty("event").GetString()!);
                if (names[^1] == name)
                {
                    return names;
                }
            }
        }

        throw new InvalidOperationException($"The stream ended after {string.Join(", ", names)}.");
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}
