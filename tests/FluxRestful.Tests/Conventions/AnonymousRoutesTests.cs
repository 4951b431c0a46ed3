using System.Net;
using FluxRestful.Tests.Fakes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Conventions;

public sealed class AnonymousRoutesTests
{
    private static readonly string[] Anonymous =
    [
        "/api/v1/health",
        "/api/v1/token",
        "/api/v1/token/revoke",
        // The pages' styles, scripts and icons: the same for everybody.
        "/assets/{fingerprint}/{**name}",
        "/docs/exact-numbers.js",
        "/docs/{**path}",
        "/health",
        "/login",
        "/openapi/{documentName}.json",
        "/v1/login/access-token",
        "/v1/token",
    ];

    [Fact]
    public async Task Anonymous_routes_are_exactly_these()
    {
        await using var app = new TestApp();
        Assert.Equal(Anonymous, Endpoints(app).Where(IsAnonymous).Select(Pattern).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_other_route_and_every_unknown_one_wants_credentials()
    {
        await using var app = new TestApp();
        var closed = Endpoints(app).Where(endpoint => !IsAnonymous(endpoint)).SelectMany(Requests);
        foreach (var (method, path) in closed.Append(("GET", "/nowhere")).Append(("POST", "/v1/nowhere")).Append(("DELETE", "/health")))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            var answer = await app.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path}: {answer.StatusCode}");
        }
    }

    private static IEnumerable<RouteEndpoint> Endpoints(TestApp app) =>
        app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static bool IsAnonymous(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static IEnumerable<(string Method, string Path)> Requests(RouteEndpoint endpoint)
    {
        var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
            string.Concat(segment.Parts.Select(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "1"))));
        return (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, path));
    }
}
