using System.IO.Compression;
using FluxRestful.Core.Jobs;
using FluxRestful.Tests.Api.Restful;

namespace FluxRestful.Tests.Api.Hosting.Http;

public sealed class CompressionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Raw_output_is_compressed_when_asked_and_comes_out_as_it_was()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "seq 5000");
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");
        var answer = await AskAsync(app.Alice, HttpMethod.Get, $"/api/v1/jobs/{new JobId(id)}/output", "text/plain");
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var unpacked = new GZipStream(await answer.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        Assert.Equal(string.Concat(Enumerable.Range(1, 5000).Select(number => $"{number}\n")), await reader.ReadToEndAsync(Stop));
    }

    [Theory]
    [InlineData("POST", "/v1/login/access-token", "application/json")]
    [InlineData("POST", "/v1/token", "application/json")]
    [InlineData("GET", "/health", "application/json")]
    [InlineData("GET", "/api/v1/jobs/f2/output", "application/json")]
    public async Task Answers_of_routes_that_do_not_say_so_and_refusals_are_not_compressed(string method, string path, string accept)
    {
        await using var app = await ApiApp.StartAsync();
        var answer = await AskAsync(app.With(null), new HttpMethod(method), path, accept);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, HttpMethod method, string path, string accept)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        return await client.SendAsync(request, Stop);
    }
}
