using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using FluxRestful.Api.Jobs.Output;
using FluxRestful.Api.Jobs.Output.Endpoints;
using FluxRestful.Api.Jobs.Output.Logs;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>An output to keep: as it was written, or each line with its time and stream before it; packed if that is wanted. Nothing of it is held in memory.</summary>
/// <param name="name">Of the file, without its ends.</param>
/// <param name="isPacked">As gzip.</param>
internal sealed class LogDownload(OutputView output, OutputQuery query, string name, bool withTimes, bool isPacked) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.txt{(isPacked ? ".gz" : "")}\"";
        var type = isPacked ? "application/gzip" : "text/plain; charset=utf-8";
        var whole = new RawOutput(output, query, follow: false, isPart: false) { ContentType = type };
        if (!isPacked)
        {
            await WriteAsync(httpContext, whole, type);
            return;
        }

        var plain = response.Body;
        var packed = new GZipStream(plain, CompressionLevel.Fastest, leaveOpen: true);
        response.Body = packed;
        try
        {
            await WriteAsync(httpContext, whole, type);
            if (!httpContext.RequestAborted.IsCancellationRequested)
            {
                await packed.DisposeAsync();
            }
        }
        finally
        {
            response.Body = plain;
        }
    }

    private async Task WriteAsync(HttpContext context, RawOutput whole, string type)
    {
        if (!withTimes)
        {
            await whole.ExecuteAsync(context);
            return;
        }

        var state = await output.ReadyAsync(context.RequestAborted);
        context.Response.ContentType = type;
        var filter = new OutputFilter(output.Log, query);
        var page = new ArrayBufferWriter<byte>();
        await foreach (var slice in output.SlicesAsync(1, state.Total, context.RequestAborted))
        {
            page.ResetWrittenCount();
            for (var i = slice.Start; i < slice.Start + slice.Count; i++)
            {
                var line = slice.Block.Lines.Span[i];
                if (filter.Fits(slice.Block, line))
                {
                    Write(page, slice.Block, line);
                }
            }

            await context.Response.Body.WriteAsync(page.WrittenMemory, context.RequestAborted);
        }
    }

    private void Write(ArrayBufferWriter<byte> page, OutputBlock block, LineEntry line)
    {
        var source = output.Log.Source(line.Source);
        var time = DateTimeOffset.UnixEpoch.AddTicks((long)(Math.Clamp(line.Timestamp, 0, 253_402_300_799) * TimeSpan.TicksPerSecond));
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss.ffffffZ} {source.Stream}{(source.Rank.Length > 0 ? "[" + source.Rank + "]" : "")}: "), page);
        var bytes = block[line];
        page.Write(bytes);
        if (bytes is not [.., (byte)'\n'])
        {
            page.Write("\n"u8);
        }
    }
}
