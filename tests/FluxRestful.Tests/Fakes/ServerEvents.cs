using System.Net.Http.Headers;
using System.Text.Json;

namespace FluxRestful.Tests.Fakes;

/// <summary>One server-sent event.</summary>
internal sealed record ServerEvent(string Name, string? Id, string Text)
{
    internal JsonElement Data => JsonElement.Parse(Text);
}

/// <summary>Reads an answer of server-sent events as a browser does.</summary>
internal sealed class ServerEvents : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private ServerEvents(HttpResponseMessage response, Stream stream) => (_response, _reader) = (response, new StreamReader(stream));

    /// <summary>Comments that came so far.</summary>
    internal int Comments { get; private set; }

    internal static async Task<ServerEvents> OpenAsync(HttpClient client, string path, string? lastEventId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal(("OK", "text/event-stream"), (response.StatusCode.ToString(), response.Content.Headers.ContentType?.MediaType));
        return new ServerEvents(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    /// <summary>The next event; null at the end of the answer.</summary>
    internal async Task<ServerEvent?> NextAsync(CancellationToken cancellationToken)
    {
        string? name = null, id = null, data = null;
        while (await _reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0 && data is not null)
            {
                return new ServerEvent(name ?? "message", id, data);
            }

            var colon = line.IndexOf(':');
            var (field, value) = colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..].TrimStart());
            Comments += colon == 0 ? 1 : 0;
            name = field == "event" ? value : name;
            id = field == "id" ? value : id;
            data = field == "data" ? data + value : data;
        }

        return null;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}
