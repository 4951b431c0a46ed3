using System.Globalization;
using System.Text;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary><c>log.dmesg</c>: the instance's log as lines of text, not JSON (surprise 24). Here it holds what clients append, and the start.</summary>
internal sealed class LogService(TimeProvider time) : IService
{
    private const int RingSize = 1024;

    private readonly Queue<byte[]> _ring = new();
    private readonly List<ResponseStream> _followers = [];

    public string Name => "log";

    public bool Handle(Request request, string method)
    {
        switch (method)
        {
            case "dmesg":
                Read(request);
                return true;
            case "append":
                request.RequireOwner();
                if (request.Message.Payload is { } line)
                {
                    Append(line.ToArray());
                }

                request.Respond();
                return true;
            case "clear":
                request.RequireOwner();
                _ring.Clear();
                request.Respond();
                return true;
            case "cancel":
                request.Connection.Streams.Cancel("log.dmesg", (uint)request.Payload.Integer("matchtag"));
                return true;
            default:
                return false;
        }
    }

    public void Say(string text) => Append(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"<49>1 {time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.ffffffZ} 0 broker - - - {text}")));

    private void Read(Request request)
    {
        request.RequireOwner();
        request.RequireStreaming("");
        var follow = request.Payload.Boolean("follow");
        var stream = ResponseStream.Open(request, closed => _followers.Remove(closed));
        foreach (var line in request.Payload.OptionalBoolean("nobacklog") == true ? [] : _ring.ToArray())
        {
            stream.Send(line);
        }

        if (follow)
        {
            _followers.Add(stream);
        }
        else
        {
            stream.End();
        }
    }

    private void Append(byte[] line)
    {
        if (_ring.Count == RingSize)
        {
            _ring.Dequeue();
        }

        line = line.AsSpan().TrimEnd((byte)0).ToArray();
        _ring.Enqueue(line);
        _followers.ForEach(follower => follower.Send(line));
    }
}
