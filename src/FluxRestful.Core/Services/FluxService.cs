using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Core.Services;

/// <summary>What the typed services share: a client, and in whose name they ask.</summary>
/// <remarks>
/// Every method throws <see cref="BrokerException"/> if the broker says no, among them <see cref="BrokerDisconnectedException"/> if it is away;
/// <see cref="TimeoutException"/> after the client's <see cref="BrokerClientOptions.RequestTimeout"/>, unless it says that it waits for ever; and
/// <see cref="ProtocolException"/> for an answer that is not what this service answers, which concerns that call alone. What Flux says
/// about the requests is in its manual pages and RFCs; times are seconds since 1970 and durations seconds, both as doubles.
/// </remarks>
public abstract class FluxService
{
    private protected FluxService(BrokerClient client, RpcCredential? credential)
    {
        ArgumentNullException.ThrowIfNull(client);
        Client = client;
        Credential = credential ?? RpcCredential.Connection;
    }

    /// <summary>What may wait of an answer that tells a hundred thousand jobs at once: it is parsed by its reader, not in the read loop.</summary>
    private protected const long EveryJob = 512L * 1024 * 1024;

    private protected BrokerClient Client { get; }

    private protected RpcCredential Credential { get; }

    private protected RpcRequest Request(string topic) => new(topic) { Credential = Credential };

    private protected RpcRequest Request<T>(string topic, T payload, JsonTypeInfo<T> type) =>
        RpcRequest.Json(topic, payload, type) with { Credential = Credential };

    private protected async Task DoAsync<T>(string topic, T payload, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await Client.CallAsync(Request(topic, payload, type), cancellationToken).ConfigureAwait(false);

    private protected Task<TAnswer> AskAsync<T, TAnswer>(
        string topic, T payload, JsonTypeInfo<T> type, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken) =>
        Client.CallAsync(Request(topic, payload, type), answer, cancellationToken);

    // An answer of a kind that only its reader can judge (an event, a journal entry).
    private protected static T Read<T>(string topic, JsonElement json, Func<JsonElement, T> read)
    {
        try
        {
            return read(json);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ProtocolException($"The payload of a message about {topic} is not what it should be.", e);
        }
    }
}
