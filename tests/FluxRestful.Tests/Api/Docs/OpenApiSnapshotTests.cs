using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Api.Docs;
using FluxRestful.Tests.Conventions;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Docs;

/// <summary>
/// The documents as they are committed, so that a change of what clients see is seen in a review. <c>FLUX_TESTS_SNAPSHOTS=write</c> writes them anew.
/// </summary>
public sealed class OpenApiSnapshotTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData(DocsPage.ApiName)]
    [InlineData(DocsPage.RestfulName)]
    public async Task The_document_is_as_committed(string name)
    {
        await using var app = new TestApp();
        var document = JsonNode.Parse(await app.Anonymous().GetStringAsync($"/openapi/{name}.json", TestContext.Current.CancellationToken))!;
        var text = document.ToJsonString(Readable) + "\n";
        var path = Path.Combine(SourceTree.Root, "docs", "openapi", $"{name}.json");
        if (Environment.GetEnvironmentVariable("FLUX_TESTS_SNAPSHOTS") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), text);
    }
}
