using System.Text;
using System.Text.Json;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Tests.Fakes;

/// <summary>One request as the scripted broker sees it.</summary>
internal sealed class FakeCall(FakeConnection connection, FluxMessage request)
{
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeConnection Connection => connection;

    public FluxMessage Request => request;

    public JsonElement Json => RpcPayload.Json(request);

    /// <summary>Completes when the client cancels this stream, or goes away.</summary>
    public Task Cancelled => _cancelled.Task;

    /// <summary>Whether a cancel is followed by the normal end at once, as the real services do.</summary>
    public bool EndsWhenCancelled { get; set; } = true;

    public Task RespondAsync(string? json = null) =>
        connection.SendAsync(Response(0, json is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(json + "\0")));

    public Task FailAsync(int errnum, string? text = null)
    {
        connection.Ended(this);
        return connection.SendAsync(Response(errnum, text is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(text + "\0")));
    }

    public Task EndAsync() => FailAsync(Errno.ENODATA);

    internal void SetCancelled() => _cancelled.TrySetResult();

    private FluxMessage Response(int errnum, ReadOnlyMemory<byte>? payload) => new()
    {
        Type = MessageType.Response,
        Flags = MessageFlags.Topic | MessageFlags.Route | (request.Flags & MessageFlags.Streaming) |
            (payload is null ? MessageFlags.None : MessageFlags.Payload),
        UserId = 1001,
        RoleMask = 5,
        Aux = (uint)errnum,
        MatchTag = request.MatchTag,
        Topic = request.Topic,
        Payload = payload,
    };
}
