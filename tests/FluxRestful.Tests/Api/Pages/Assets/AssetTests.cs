using System.IO.Compression;
using System.Net;
using FluxRestful.Api.Pages.Assets;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Pages.Assets;

public sealed class AssetTests
{
    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task A_file_comes_in_the_best_form_that_the_browser_reads_and_may_be_kept_for_ever(string accept, string? encoding)
    {
        await using var app = new TestApp();
        var answer = await GetAsync(app, AssetStore.Instance.Address("js/app.js"), accept);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var read = new MemoryStream();
        await (encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body })
            .CopyToAsync(read, TestContext.Current.CancellationToken);
        Assert.Equal(AssetStore.Instance.Find("js/app.js")!.Content, read.ToArray());
    }

    [Fact]
    public async Task A_file_asked_for_under_another_fingerprint_is_not_kept()
    {
        await using var app = new TestApp();
        var answer = await GetAsync(app, "/assets/0/js/app.js", "identity");
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("/assets/0/js/nothing.js")]
    [InlineData("/assets/0/%2e%2e/appsettings.json")]
    public async Task What_is_not_among_the_files_is_not_there(string path)
    {
        await using var app = new TestApp();
        var status = (await GetAsync(app, path, "identity")).StatusCode;
        Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized, status.ToString());
    }

    private static async Task<HttpResponseMessage> GetAsync(TestApp app, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", accept);
        return await app.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
