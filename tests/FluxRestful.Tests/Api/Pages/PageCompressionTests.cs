using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Pages;

public sealed class PageCompressionTests
{
    [Theory]
    [InlineData("/login", "br")]
    [InlineData("/login?return=/jobs", null)]
    public async Task A_page_is_compressed_unless_something_of_the_request_comes_back_in_it(string path, string? encoding)
    {
        await using var app = new TestApp();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", "br");
        var answer = await app.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
    }
}
