using FluxRestful.Core.Rpc;

namespace FluxRestful.Core.Services;

/// <summary>
/// What the broker knows of itself: version, size, rank, hostlist, security.owner, instance-level, broker.starttime, ... Values are always text (surprise 32).
/// </summary>
public sealed class BrokerAttributes(BrokerClient client, RpcCredential? credential = null) : FluxService(client, credential)
{
    /// <returns>Null if there is no such attribute.</returns>
    public async Task<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await AskAsync(
                "attr.get", new(name), FluxJson.Default.AttributeRequest, FluxJson.Default.AttributeAnswer, cancellationToken).ConfigureAwait(false);
            return answer.Value;
        }
        catch (BrokerException e) when (e.Errnum == Errno.ENOENT)
        {
            return null;
        }
    }

    /// <summary>The names of all attributes.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync("attr.list", new(), FluxJson.Default.EmptyRequest, FluxJson.Default.AttributeListAnswer, cancellationToken)
            .ConfigureAwait(false);
        return answer.Names;
    }
}

internal sealed record AttributeRequest(string Name);

internal sealed record AttributeAnswer(string Value);

internal sealed record AttributeListAnswer(IReadOnlyList<string> Names);
