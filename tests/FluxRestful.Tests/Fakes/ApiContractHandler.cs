namespace FluxRestful.Tests.Fakes;

/// <summary>Fails a test whose answer is not as the API's document says.</summary>
internal sealed class ApiContractHandler(Func<CancellationToken, Task<ApiContract>> contract) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (path.StartsWith(ApiContract.Prefix, StringComparison.Ordinal))
        {
            var mediaType = response.Content.Headers.ContentType?.MediaType;
            // A stream is not waited for.
            var body = mediaType is null || mediaType.EndsWith("/json", StringComparison.Ordinal) || mediaType.EndsWith("+json", StringComparison.Ordinal)
                ? await response.Content.ReadAsStringAsync(cancellationToken) : null;
            Assert.Null((await contract(cancellationToken)).Problem(request.Method, path, (int)response.StatusCode, mediaType, body));
        }

        return response;
    }
}
