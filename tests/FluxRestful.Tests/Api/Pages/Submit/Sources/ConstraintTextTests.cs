using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using FluxRestful.Api.Pages.Submit.Sources;
using FluxRestful.Core.Jobs.Requests;

namespace FluxRestful.Tests.Api.Pages.Submit.Sources;

public sealed class ConstraintTextTests
{
    private static readonly Gen<JsonNode> Terms = Gen.OneOf(
        OneOf("a", "^b", "not", "x-1", "a b", "host:x", "and").Array[1, 2].Select(names => (JsonNode)new JsonObject { ["properties"] = List(names) }),
        OneOf("node[0-3]", "node1,node2", "not a list!").Select(hosts => (JsonNode)new JsonObject { ["hostlist"] = List([hosts]) }),
        OneOf("0", "1-3").Array[1, 2].Select(ranks => (JsonNode)new JsonObject { ["ranks"] = List(ranks) }));

    /// <summary>What is typed is read as the same object again; what can not be typed stays one.</summary>
    [Fact]
    public void A_condition_is_read_as_the_same_again() => Conditions(3).Sample(condition =>
    {
        var text = ConstraintText.Of(JsonElement.Parse(condition.ToJsonString()));
        var again = text.StartsWith('{') ? JsonNode.Parse(text) : JobConstraint.Parse(text);
        Assert.True(JsonNode.DeepEquals(condition, again), $"{condition.ToJsonString()} as {text} is {again!.ToJsonString()}");
    });

    [Theory]
    [InlineData("bigmem and not host:node3")]
    [InlineData("a,b and (rank:0 or not host:node[0-3])")]
    [InlineData("a or b")]
    public void What_was_typed_is_shown_as_it_was_typed(string text) => Assert.Equal(text, ConstraintText.Of(JsonElement.Parse(JobConstraint.Parse(text).ToJsonString())));

    private static Gen<JsonNode> Conditions(int depth) => depth == 0 ? Terms : Gen.OneOf(
        Terms,
        Conditions(depth - 1).Select(inner => (JsonNode)new JsonObject { ["not"] = new JsonArray(inner.DeepClone()) }),
        Gen.Select(OneOf("and", "or", "xor"), Conditions(depth - 1).Array[1, 3]).Select((operation, inner) => (JsonNode)new JsonObject { [operation] = new JsonArray([.. inner.Select(one => one.DeepClone())]) }));

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
