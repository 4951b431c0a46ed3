using FluxRestful.Api.Docs;
using FluxRestful.Tests.Fakes;
using Microsoft.OpenApi;

namespace FluxRestful.Tests.Api.Docs;

public sealed class OpenApiDocumentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_valid_OpenApi()
    {
        await using var app = new TestApp();
        var read = OpenApiDocument.Parse(await app.Anonymous().GetStringAsync($"/openapi/{DocsPage.RestfulName}.json", Token), "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Empty(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_what_it_takes_and_what_it_answers()
    {
        var operations = await OperationsAsync();
        Assert.Equal(12, operations.Count);
        foreach (var (name, operation) in operations)
        {
            Assert.True(operation.Summary?.Length > 0, $"{name} has no summary");
            Assert.All(operation.Parameters ?? [], parameter => Assert.True(parameter.Description?.Length > 0, $"{name} {parameter.Name} is not described"));
            Assert.All(operation.Parameters ?? [], parameter => Assert.True(parameter.Schema?.Type is not null, $"{name} {parameter.Name} has no type"));
            Assert.True(operation.Responses!.ContainsKey("200"), $"{name} does not say what it answers");
            Assert.True(name == "Get /health" || operation.Responses.Keys.Any(status => status.StartsWith('4')), $"{name} never refuses");
            foreach (var (status, answer) in operation.Responses)
            {
                Assert.True(answer.Description is { Length: > 0 } and not ("Bad Request" or "Unprocessable Content"), $"{name} {status} is not described");
                Assert.All(answer.Content!.Values, content => Assert.True(content.Schema is not null, $"{name} {status} has no shape"));
                Assert.NotEmpty(answer.Content);
            }
        }
    }

    [Fact]
    public async Task Whoever_needs_to_sign_in_is_told_so()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            var isOpen = name is "Get /health" or "Post /v1/token" or "Post /v1/login/access-token";
            // Absent: as the document says for all. Empty: nothing needed.
            Assert.Equal(isOpen, operation.Security is { Count: 0 });
            Assert.Equal(!isOpen, operation.Responses!.ContainsKey("401") && operation.Responses.ContainsKey("403"));
        }
    }

    [Fact]
    public async Task A_submit_as_the_page_offers_it_has_a_body_for_each_type_with_every_parameter()
    {
        var submit = (await OperationsAsync())["Post /v1/jobs/submit"];
        Assert.Equal(["application/json", "application/x-www-form-urlencoded"], submit.RequestBody!.Content!.Keys.Order());
        foreach (var body in submit.RequestBody.Content.Values)
        {
            Assert.Equal(submit.Parameters!.Select(parameter => parameter.Name), body.Schema!.Properties!.Keys);
            Assert.Equal("echo hello world", body.Example!["command"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task The_page_keeps_all_digits_of_a_job_id()
    {
        await using var app = new TestApp();
        Assert.Contains(ExactNumbers.File, await app.Anonymous().GetStringAsync("/docs/index.html", Token), StringComparison.Ordinal);
        var script = await app.Anonymous().GetAsync("/docs/" + ExactNumbers.File, Token);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
        Assert.Equal(ExactNumbers.Script, await script.Content.ReadAsStringAsync(Token));
    }

    private static async Task<Dictionary<string, OpenApiOperation>> OperationsAsync()
    {
        await using var app = new TestApp();
        var document = OpenApiDocument.Parse(await app.Anonymous().GetStringAsync($"/openapi/{DocsPage.RestfulName}.json", Token), "json").Document!;
        return document.Paths
            .SelectMany(path => path.Value.Operations!.Select(operation => (Name: Named(operation.Key.Method, path.Key), operation.Value)))
            .ToDictionary(operation => operation.Name, operation => operation.Value);
    }

    private static string Named(string method, string path) => $"{method[..1].ToUpperInvariant()}{method[1..].ToLowerInvariant()} {path}";
}
