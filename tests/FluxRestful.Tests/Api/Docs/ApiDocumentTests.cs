using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluxRestful.Api.Docs;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts;
using FluxRestful.Tests.Api.Access.Matrix;
using FluxRestful.Tests.Conventions;
using FluxRestful.Tests.Fakes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace FluxRestful.Tests.Api.Docs;

/// <summary>The document of <c>/api/v1</c> as a whole; that answers are as it says is checked with every request of every test (<see cref="ApiContract"/>).</summary>
public sealed class ApiDocumentTests
{
    // It answers the same to everybody, and nothing else.
    private static readonly string[] NeverRefuse = ["Get /api/v1/health"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_valid_OpenApi_3_1()
    {
        await using var app = new TestApp();
        var text = await app.Anonymous().GetStringAsync($"/openapi/{DocsPage.ApiName}.json", Token);
        var read = OpenApiDocument.Parse(text, "json");
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Empty(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public async Task It_names_exactly_the_routes_that_there_are()
    {
        // Every route has a row there: RouteMatrixTests.
        var routes = RouteMatrix.Rows.Where(row => row.Pattern.StartsWith(ApiContract.Prefix, StringComparison.Ordinal))
            .Select(row => $"{row.Method} {Regex.Replace(row.Pattern, ":[a-z]+}", "}").TrimEnd('/')}");
        Assert.Equal(routes.Order(StringComparer.Ordinal), (await OperationsAsync()).Keys.Select(name => Regex.Replace(name, "^[A-Za-z]+", verb => verb.Value.ToUpperInvariant())).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_needs_to_sign_in_is_told_so()
    {
        var open = RouteMatrix.Rows.Where(row => row.Scope == "anonymous").Select(row => $"{row.Method} {row.Pattern}").ToHashSet();
        foreach (var (name, operation) in await OperationsAsync())
        {
            var isOpen = open.Contains(Regex.Replace(name, "^[A-Za-z]+", verb => verb.Value.ToUpperInvariant()));
            // Absent: as the document says for all. Empty: nothing needed.
            Assert.True(isOpen == (operation.Security is { Count: 0 }), name);
            Assert.True(isOpen || (operation.Responses!.ContainsKey("401") && operation.Responses.ContainsKey("403")), $"{name} lets everybody in");
        }
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_what_it_takes_and_what_it_answers()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            Assert.True(operation.Summary?.Length > 0, $"{name} has no summary");
            Assert.All(operation.Parameters ?? [], parameter => Assert.True(parameter.Description?.Length > 0, $"{name} {parameter.Name} is not described"));
            Assert.All(operation.Parameters ?? [], parameter => Assert.True(parameter.Schema?.Type is not null, $"{name} {parameter.Name} has no type"));
            Assert.True(operation.Responses!.Keys.Any(status => status.StartsWith('2')), $"{name} does not say what it answers");
            Assert.True(NeverRefuse.Contains(name) || operation.Responses.Keys.Any(status => status.StartsWith('4')), $"{name} never refuses");
            Assert.True(operation.Tags?.Count > 0, $"{name} is in no section");
        }
    }

    [Fact]
    public async Task Every_contract_is_described_member_by_member_and_shown_by_an_example_that_can_be_read()
    {
        await using var app = new TestApp();
        var json = app.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var document = OpenApiDocument.Parse(await app.Anonymous().GetStringAsync($"/openapi/{DocsPage.ApiName}.json", Token), "json").Document!;
        var bodies = document.Paths!.Values.SelectMany(path => path.Operations!.Values)
            .SelectMany(operation => operation.Responses!.Values.SelectMany(answer => answer.Content?.Values ?? [])
                .Concat(operation.RequestBody?.Content?.Values ?? []))
            .Select(content => content.Schema).OfType<OpenApiSchemaReference>().Select(schema => schema.Reference.Id).ToHashSet();
        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            if (Contract(name) is not { IsEnum: false } type)
            {
                continue;
            }

            Assert.True(schema.Description?.Length > 0, $"{name} is not described");
            Assert.All(schema.Properties ?? new Dictionary<string, IOpenApiSchema>(), member => Assert.True(
                (member.Value.Description ?? (member.Value as OpenApiSchemaReference)?.Target?.Description) is { Length: > 0 }, $"{name}.{member.Key} is not described"));
            if (bodies.Contains(name))
            {
                var example = SchemaExamples.Find(type);
                Assert.True(example is not null, $"{name} has no example (Docs/Examples/{name}.json)");
                Assert.NotNull(JsonSerializer.Deserialize(example, type, json));
            }
        }
    }

    /// <summary>What is absent when it is null must be readable when it is absent.</summary>
    [Fact]
    public void What_a_contract_may_leave_out_has_a_default()
    {
        var nullability = new NullabilityInfoContext();
        var demanding =
            from type in typeof(Problem).Assembly.GetExportedTypes()
            where type.IsClass && type.GetMethod("<Clone>$") is not null
            from parameter in type.GetConstructors().First().GetParameters()
            where nullability.Create(parameter).WriteState == NullabilityState.Nullable && !parameter.HasDefaultValue
            select $"{type.Name}.{parameter.Name}";

        Assert.Empty(demanding);
    }

    [Fact]
    public void Every_problem_type_is_in_the_table_of_the_documentation()
    {
        var rows = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "api.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();
        Assert.All(ProblemType.All, type => Assert.True(
            rows.Exists(row => row.Contains($"`{type.Name}`", StringComparison.Ordinal) && row.Split('|')[2].Trim() == $"{type.Status}"), $"docs/api.md has no row for {type.Name}, {type.Status}"));
    }

    private static Type? Contract(string name) => typeof(Problem).Assembly.GetExportedTypes().SingleOrDefault(type => type.Name == name);

    private static async Task<Dictionary<string, OpenApiOperation>> OperationsAsync()
    {
        await using var app = new TestApp();
        var document = OpenApiDocument.Parse(await app.Anonymous().GetStringAsync($"/openapi/{DocsPage.ApiName}.json", Token), "json").Document!;
        return document.Paths!.SelectMany(path => path.Value.Operations!.Select(operation => ($"{CultureName(operation.Key)} {path.Key}", operation.Value)))
            .ToDictionary(pair => pair.Item1, pair => pair.Value);
    }

    private static string CultureName(HttpMethod method) => method.Method[..1] + method.Method[1..].ToLowerInvariant();
}
