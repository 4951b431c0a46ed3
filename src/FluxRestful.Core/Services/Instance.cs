using System.Text.Json;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Core.Services;

/// <summary>The instance as a whole: its configuration, its state, who of it is there, and its end.</summary>
public sealed class Instance(BrokerClient client, RpcCredential? credential = null) : FluxService(client, credential)
{
    // What the command line asks for, and of no effect without the streaming flag.
    private const int LogLevel = 3;

    /// <summary>The whole configuration: TOML as JSON; an empty object if there is none.</summary>
    public Task<JsonElement> ConfigAsync(CancellationToken cancellationToken) => Client.CallAsync(Request("config.get"), cancellationToken);

    /// <summary>Where the broker stands in its own life.</summary>
    public Task<BrokerState> StateAsync(CancellationToken cancellationToken) =>
        Client.CallAsync(Request("state-machine.get"), FluxJson.Default.BrokerState, cancellationToken);

    /// <summary>The ranks of a group such as <c>broker.online</c>, as an idset. Once: the stream of changes cannot be cancelled (surprise 6).</summary>
    public async Task<string> GroupAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await AskAsync("groups.get", new(name), FluxJson.Default.AttributeRequest, FluxJson.Default.GroupAnswer, cancellationToken)
            .ConfigureAwait(false);
        return answer.Members;
    }

    /// <summary>
    /// Ends the instance: queues stop, running jobs are cancelled, pending ones stay. Answered at once; the connection ends when the broker does.
    /// Without the streaming flag, for the last client of a streaming shutdown keeps the broker alive until it disconnects (surprise 2). Owner only.
    /// </summary>
    public Task ShutdownAsync(CancellationToken cancellationToken) =>
        DoAsync("shutdown.start", new(LogLevel), FluxJson.Default.ShutdownRequest, cancellationToken);
}

internal sealed record GroupAnswer(string Members);

internal sealed record ShutdownRequest(int Loglevel);
