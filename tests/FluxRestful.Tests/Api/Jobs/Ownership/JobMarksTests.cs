using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Api.Jobs.Ownership;

namespace FluxRestful.Tests.Api.Jobs.Ownership;

public sealed class JobMarksTests
{
    private const string Jobspec = """
        {"resources":[{"type":"slot","count":2,"with":[{"type":"core","count":1}],"label":"task"}],
         "tasks":[{"command":["sleep","60"],"slot":"task","count":{"per_slot":1}}],
         "attributes":{"system":{"duration":60.5,"queue":"batch","cwd":"/tmp","environment":{"A":"b"},
           "shell":{"options":{"output":{"batch-timeout":0.1}}}}},"version":1}
        """;

    private static readonly Guid Request = Guid.NewGuid();
    private readonly JobMarks _marks = new(new byte[32]);

    [Fact]
    public void A_signed_mark_is_recognised() =>
        Assert.Equal(new JobMark("alice", Request), _marks.Verify(Marked("alice")));

    [Fact]
    public void What_flux_rewrites_does_not_break_it()
    {
        var stored = Stored(Marked("alice"), spec =>
        {
            var system = spec["attributes"]!["system"]!.AsObject();
            system.Remove("environment");
            system["duration"] = 3600;
            system["queue"] = "debug";
            system["constraints"] = JsonNode.Parse("""{"properties":["debug"]}""");
        });

        Assert.NotNull(_marks.Verify(stored));
    }

    [Fact]
    public void Another_order_of_members_and_another_spelling_of_numbers_do_not_break_it()
    {
        var mark = Marked("alice").GetProperty("attributes").GetProperty("user").GetRawText();
        var respelled = $$$$"""
            {"version":1,"attributes":{"user":{{{{mark}}}},"system":{"shell":{"options":{"output":{"batch-timeout":0.10000000000000001}}},"cwd":"\u002ftmp","duration":60.5}},
             "tasks":[{"count":{"per_slot":1},"slot":"task","command":["sleep","60"]}],
             "resources":[{"label":"task","with":[{"count":1,"type":"core"}],"count":2,"type":"slot"}]}
            """;

        Assert.NotNull(_marks.Verify(JsonDocument.Parse(respelled).RootElement));
    }

    [Theory]
    [InlineData("tasks")]
    [InlineData("resources")]
    [InlineData("cwd")]
    [InlineData("options")]
    [InlineData("tenant")]
    [InlineData("request")]
    public void A_mark_in_another_jobspec_is_none(string changed)
    {
        var forged = Stored(Marked("alice"), spec =>
        {
            var mark = spec["attributes"]!["user"]!["restful"]!.AsObject();
            switch (changed)
            {
                case "tasks": spec["tasks"]![0]!["command"] = new JsonArray("sleep", "61"); break;
                case "resources": spec["resources"]![0]!["count"] = 3; break;
                case "cwd": spec["attributes"]!["system"]!["cwd"] = "/"; break;
                case "options": spec["attributes"]!["system"]!["shell"]!["options"]!["mpi"] = "none"; break;
                case "tenant": mark["tenant"] = "bob"; break;
                case "request": mark["request"] = Guid.NewGuid().ToString("N"); break;
            }
        });

        Assert.Null(_marks.Verify(forged));
    }

    [Fact]
    public void A_mark_signed_with_another_key_is_none() =>
        Assert.Null(new JobMarks([.. Enumerable.Repeat((byte)1, 32)]).Verify(Marked("alice")));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"attributes":null}""")]
    [InlineData("""{"attributes":{"user":7}}""")]
    [InlineData("""{"attributes":{"user":{"restful":"alice"}}}""")]
    [InlineData("""{"attributes":{"user":{"restful":{"tenant":"alice"}}}}""")]
    [InlineData("""{"attributes":{"user":{"restful":{"tenant":1,"request":2,"mac":3}}}}""")]
    [InlineData("""{"attributes":{"user":{"restful":{"tenant":"alice","request":"zz","mac":"zz"}}}}""")]
    [InlineData("""{"attributes":{"user":{"restful":{"tenant":"alice","request":"0123456789abcdef0123456789abcdef","mac":"zz23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}}}}""")]
    public void Anything_else_is_no_mark(string jobspec) =>
        Assert.Null(_marks.Verify(JsonDocument.Parse(jobspec).RootElement));

    private JsonElement Marked(string tenant)
    {
        var spec = JsonNode.Parse(Jobspec)!.AsObject();
        spec["attributes"]!["user"] = new JsonObject { ["restful"] = _marks.Sign(tenant, Request, spec) };
        return JsonSerializer.SerializeToElement(spec);
    }

    private static JsonElement Stored(JsonElement jobspec, Action<JsonNode> change)
    {
        var spec = JsonNode.Parse(jobspec.GetRawText())!;
        change(spec);
        return JsonSerializer.SerializeToElement(spec);
    }
}
