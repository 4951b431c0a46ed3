using System.Net.Http.Headers;
using System.Text.Json;
using FluxRestful.Api.Problems;

namespace FluxRestful.Tests.Api.Problems;

public sealed class ProblemTests
{
    private sealed record Sample(string Command, int Nodes);

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        RespectRequiredConstructorParameters = true,
    };

    [Theory]
    [InlineData("""{"command":"a","nodes":1,"nods":2}""", "nods", "There is no such member.")]
    [InlineData("""{"command":"a","nodes":"1"}""", "nodes", "The value is not of the type that is wanted here.")]
    [InlineData("""{"command":"a"}""", "nodes", "This member is missing.")]
    [InlineData("""{"command":"a","command":"b","nodes":1}""", "command", "This member is given twice.")]
    public void What_is_wrong_with_a_body_is_said_by_member(string body, string field, string message)
    {
        var failure = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Sample>(body, Strict));
        Assert.Equal((field, message), BadRequestProblems.Describe(failure));
    }

    [Fact]
    public void Broken_json_is_said_with_its_place()
    {
        var failure = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Sample>("{\"command\":\n  oops}", Strict));
        Assert.StartsWith("This is not valid JSON. Line 2, byte 3.", BadRequestProblems.Describe(failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_is_a_problem_too()
    {
        await using var app = await ApiApp.StartAsync();
        var problem = await ApiApp.GetAsync(app.Alice, "/api/v1/nowhere", 404);
        Assert.Equal(ProblemType.NotFound.Uri, problem.GetProperty("type").GetString());
        Assert.Equal("/api/v1/nowhere", problem.GetProperty("instance").GetString());
        Assert.False(problem.GetProperty("retryable").GetBoolean());
    }

    [Fact]
    public async Task Bad_credentials_are_another_problem_than_none()
    {
        await using var app = await ApiApp.StartAsync();
        var none = await ApiApp.GetAsync(app.With(null), "/api/v1/nowhere", 401);
        var bad = await ApiApp.GetAsync(app.With(new AuthenticationHeaderValue("Bearer", "nonsense")), "/api/v1/nowhere", 401);
        Assert.Equal((ProblemType.NotSignedIn.Uri, ProblemType.BadCredentials.Uri), (none.GetProperty("type").GetString(), bad.GetProperty("type").GetString()));
    }

    [Fact]
    public void Every_type_has_a_name_of_its_own() =>
        Assert.Equal(ProblemType.All.Count, ProblemType.All.Select(type => type.Name).Distinct().Count());
}
