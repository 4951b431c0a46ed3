using System.Text;
using FluxRestful.Core.Resources;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Jobs;
using FluxRestful.EmbeddedBroker.Requests;
using FluxRestful.EmbeddedBroker.Services;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>The service of a running job, named by <c>shell.init</c> in its exec eventlog: takes what its tasks read.</summary>
internal sealed class ShellService(string name, Job job, IReadOnlyList<TaskProcess> tasks) : IService
{
    private const int TryAgain = 11;

    public string Name { get; } = name;

    public bool Handle(Request request, string method)
    {
        if (method != "stdin")
        {
            return false;
        }

        if (!request.Caller.IsOwner && request.Caller.UserId != job.UserId)
        {
            throw new RequestException(Errno.EPERM);
        }

        Write(request.Payload);
        request.Respond();
        return true;
    }

    private void Write(Payload payload)
    {
        var data = Data(payload);
        var isEnd = payload.OptionalBoolean("eof") ?? false;
        if (data is null && !isEnd)
        {
            throw new RequestException(Errno.EPROTO);
        }

        var inputs = Targets(payload.String("rank")).Select(task => task.Input).OfType<TaskInput>().Where(input => input.IsOpen).ToList();
        if (payload.String("stream") != "stdin" || inputs.Count == 0)
        {
            throw new RequestException(Errno.EPIPE);
        }

        foreach (var input in inputs)
        {
            if (data is { Length: > 0 } && !input.Offer(data))
            {
                throw new RequestException(TryAgain, "the task does not read its input");
            }

            if (isEnd)
            {
                input.Close();
            }
        }
    }

    private static byte[]? Data(Payload payload)
    {
        var data = payload.OptionalString("data");
        try
        {
            return data is null ? null
                : payload.OptionalString("encoding") == "base64" ? Convert.FromBase64String(data)
                : Encoding.UTF8.GetBytes(data);
        }
        catch (FormatException)
        {
            throw new RequestException(Errno.EPROTO);
        }
    }

    private IEnumerable<TaskProcess> Targets(string rank) =>
        rank == "all" ? tasks
        : IdSet.TryParse(rank, out var ranks) ? tasks.Where(task => ranks.Contains((uint)task.Rank))
        : throw new RequestException(Errno.EPROTO);
}
