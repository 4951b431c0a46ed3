using System.Buffers;
using System.Text;

namespace FluxRestful.Api.Jobs.Events;

/// <summary>The two forms of a stream: server-sent events, and a JSON object a line.</summary>
internal static class FormatOfStream
{
    internal static void Write(IBufferWriter<byte> body, JobNotice notice, bool isLines)
    {
        if (isLines)
        {
            body.Write(notice.Json);
            body.Write("\n"u8);
            return;
        }

        body.Write("id: "u8);
        Encoding.ASCII.GetBytes(notice.Id.ToString(), body);
        body.Write("\nevent: "u8);
        Encoding.ASCII.GetBytes(notice.Kind, body);
        body.Write("\ndata: "u8);
        body.Write(notice.Json);
        body.Write("\n\n"u8);
    }

    internal static void WriteHeartbeat(IBufferWriter<byte> body, bool isLines) => body.Write(isLines ? "\n"u8 : ":\n\n"u8);
}
