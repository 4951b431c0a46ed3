using System.Text.Json;

namespace FluxRestful.Api.Restful.Answers;

/// <summary>JSON that is written while it is sent, however many jobs it holds: <paramref name="write"/> yields whenever a piece is complete.</summary>
internal sealed class JsonAnswer(Func<Utf8JsonWriter, IEnumerable<bool>> write) : IResult
{
    private const int PieceSize = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
        var sent = 0L;
        foreach (var _ in write(writer))
        {
            if (writer.BytesPending + writer.BytesCommitted - sent >= PieceSize)
            {
                writer.Flush();
                sent = writer.BytesCommitted;
                await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
            }
        }

        await writer.FlushAsync(httpContext.RequestAborted);
    }
}
