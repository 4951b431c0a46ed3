using System.IO.Compression;

namespace FluxRestful.Api.Pages.Assets;

/// <summary>A file of the pages, in each form that a browser may ask for; compressed when first asked for, and then kept.</summary>
internal sealed class Asset(string contentType, byte[] content)
{
    private readonly Lazy<byte[]> _brotli = new(() => Compress(content, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
    private readonly Lazy<byte[]> _gzip = new(() => Compress(content, to => new GZipStream(to, CompressionLevel.SmallestSize)));

    internal string ContentType => contentType;

    internal byte[] Content => content;

    internal (string? Encoding, byte[] Bytes) For(string acceptEncoding) =>
        acceptEncoding.Contains("br", StringComparison.OrdinalIgnoreCase) ? ("br", _brotli.Value)
        : acceptEncoding.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? ("gzip", _gzip.Value)
        : (null, content);

    private static byte[] Compress(byte[] content, Func<Stream, Stream> over)
    {
        using var to = new MemoryStream();
        using (var packed = over(to))
        {
            packed.Write(content);
        }

        return to.ToArray();
    }
}
