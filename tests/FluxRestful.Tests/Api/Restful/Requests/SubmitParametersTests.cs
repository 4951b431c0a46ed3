using System.Text;
using FluxRestful.Api.Restful.Requests;
using Microsoft.AspNetCore.Http;

namespace FluxRestful.Tests.Api.Restful.Requests;

public sealed class SubmitParametersTests
{
    [Fact]
    public async Task A_query_is_read()
    {
        var (submit, _) = await ReadAsync("?command=sleep+30&runtime=60&num_tasks=2&cores_per_task=1&workdir=/tmp&exclusive=true&num_nodes=");

        Assert.Equal(["sleep", "30"], submit.Command);
        Assert.Equal((60, 2, 1, "/tmp", true, null), (submit.Runtime, submit.Tasks, submit.CoresPerTask, submit.WorkingDirectory, submit.Exclusive, submit.Nodes));
    }

    [Fact]
    public async Task A_json_body_without_a_command_in_the_query_holds_the_parameters()
    {
        var (submit, _) = await ReadAsync(
            "", """{"command":"echo hi","num_tasks":2,"exclusive":false,"envars":{"A":"b"},"option_flags":{"mpi":"none"},"workdir":null}""");

        Assert.Equal(["echo", "hi"], submit.Command);
        Assert.Equal(2, submit.Tasks);
        Assert.Equal(new("A", "b"), Assert.Single(submit.Environment));
        Assert.Equal(new("mpi", "none"), Assert.Single(submit.Options));
        Assert.Null(submit.WorkingDirectory);
    }

    [Fact]
    public async Task A_json_body_beside_a_command_in_the_query_is_the_environment()
    {
        var (submit, _) = await ReadAsync("?command=env", """{"PANCAKES":"5"}""");

        Assert.Equal(new("PANCAKES", "5"), Assert.Single(submit.Environment));
    }

    [Fact]
    public async Task A_form_holds_the_parameters()
    {
        var (submit, _) = await ReadAsync("", "command=echo+hi&num_tasks=2&exclusive=on&num_nodes=", "application/x-www-form-urlencoded");

        Assert.Equal(["echo", "hi"], submit.Command);
        Assert.Equal((2, true, null), (submit.Tasks, submit.Exclusive, submit.Nodes));
    }

    [Fact]
    public async Task A_repeated_command_is_the_words_themselves()
    {
        Assert.Equal(["sh", "-c", "echo hi there"], (await ReadAsync("?command=sh&command=-c&command=echo+hi+there")).Submit.Command);
        Assert.Equal(["sh", "-c", "echo hi there"], (await ReadAsync("", """{"command":["sh","-c","echo hi there"]}""")).Submit.Command);
    }

    [Theory]
    [InlineData("?command=x&envars={'A':+'b',+'C':+'d+e'}", "A=b|C=d e")]
    [InlineData("?command=x&envars={\"A\":\"b\"}", "A=b")]
    [InlineData("?command=x&envars=A%3Db%3Dc,d", "A=b=c,d")]
    [InlineData("?command=x&envars=A%3Db&envars=C%3Dd", "A=b|C=d")]
    [InlineData("?command=x&envars=", "")]
    public async Task Variables_come_in_many_ways(string query, string expected)
    {
        var (submit, _) = await ReadAsync(query);

        Assert.Equal(expected, string.Join('|', submit.Environment.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Theory]
    [InlineData("?command=x&option_flags=mpi%3Dnone", "mpi=none")]
    [InlineData("?command=x&option_flags=mpi%3Dnone,a.b%3D1", "mpi=none|a.b=1")]
    [InlineData("?command=x&option_flags=verbose", "verbose=1")]
    [InlineData("?command=x&option_flags={'ompi':+'openmpi@5'}", "ompi=openmpi@5")]
    [InlineData("?command=x&option_flags=", "")]
    public async Task Options_come_in_many_ways(string query, string expected)
    {
        var (submit, _) = await ReadAsync(query);

        Assert.Equal(expected, string.Join('|', submit.Options.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Theory]
    [InlineData("?command=x&num_tasks=abc", null, "query.num_tasks")]
    [InlineData("?command=x&num_tasks=1.5", null, "query.num_tasks")]
    [InlineData("?command=x&num_tasks=99999999999", null, "query.num_tasks")]
    [InlineData("?command=x&num_tasks=1&num_tasks=2", null, "query.num_tasks")]
    [InlineData("?command=x&num_tasks=+7", null, "query.num_tasks")]
    [InlineData("?command=x&exclusive=maybe", null, "query.exclusive")]
    [InlineData("?command=x&nonsense=1", null, "query.nonsense")]
    [InlineData("?command=echo+'hi", null, "query.command")]
    [InlineData("?command=echo+hi%5C", null, "query.command")]
    [InlineData("?command=echo%00hi", null, "query.command")]
    [InlineData("?command=x&workdir=%2Ftmp%00", null, "query.workdir")]
    [InlineData("?command=x&envars=nothing", null, "query.envars")]
    [InlineData("?command=x&envars={'A':5}", null, "query.envars")]
    [InlineData("?command=x&envars={'A+B':'5'}", null, "query.envars")]
    [InlineData("?command=x&envars=%3Dx", null, "query.envars")]
    [InlineData("?command=x", """{"A":5}""", "body.envars")]
    [InlineData("?command=x", """{"A=B":"5"}""", "body.envars")]
    [InlineData("?command=x", """{"A\u0000":"5"}""", "body.envars")]
    [InlineData("?command=x", """{"A":"5\u0000"}""", "body.envars")]
    [InlineData("?command=x", """{"":"5"}""", "body.envars")]
    [InlineData("", """{"command":["a",1]}""", "body.command")]
    [InlineData("", """{"command":{"a":1}}""", "body.command")]
    [InlineData("", """{"command":7}""", "body.command")]
    [InlineData("", """{"command":"x","num_tasks":2.5}""", "body.num_tasks")]
    [InlineData("", """{"command":"x","num_tasks":true}""", "body.num_tasks")]
    [InlineData("", """{"command":"x","num_tasks":"two"}""", "body.num_tasks")]
    [InlineData("", """{"command":"x","exclusive":7}""", "body.exclusive")]
    [InlineData("", """{"command":"x","workdir":7}""", "body.workdir")]
    [InlineData("", """{"command":"x","option_flags":7}""", "body.option_flags")]
    [InlineData("", """{"command":"x","option_flags":{"a":{}}}""", "body.option_flags")]
    [InlineData("", """{"command":"x","nonsense":1}""", "body.nonsense")]
    [InlineData("?num_tasks=1", """{"command":"x","num_tasks":1}""", "query.num_tasks")]
    public async Task A_bad_value_is_named(string query, string? body, string field)
    {
        var (_, given) = await ReadAsync(query, body);

        Assert.Equal(field, string.Join('.', Assert.Single(given.Errors).Location));
    }

    [Theory]
    [InlineData("", "echo hi", "text/plain")]
    [InlineData("", "{", "application/json")]
    [InlineData("", """{"command":"a","command":"b"}""", "application/json")]
    [InlineData("", "[1]", "application/json")]
    [InlineData("", "\"x\"", "application/json")]
    [InlineData("", "--x\r\nbroken", "multipart/form-data; boundary=x")]
    [InlineData("", "{\"command\":\"\\ud800\"}", "application/json")]
    public async Task A_body_that_is_none_of_these_is_refused(string query, string body, string contentType)
    {
        var request = Request(query, body, contentType);

        Assert.NotNull(await SubmitBody.ReadAsync(request, Parameters.FromQuery(request.Query), CancellationToken.None));
    }

    [Fact]
    public async Task A_body_above_1_MiB_is_refused_whether_it_says_so_or_not()
    {
        var announced = Request("", new string(' ', 10), "application/json");
        announced.ContentLength = SubmitBody.MaxBytes + 1;
        var unannounced = Request("", new string(' ', SubmitBody.MaxBytes + 1), "application/json");

        Assert.NotNull(await SubmitBody.ReadAsync(announced, new Parameters(), CancellationToken.None));
        Assert.NotNull(await SubmitBody.ReadAsync(unannounced, new Parameters(), CancellationToken.None));
    }

    private static async Task<(SubmitParameters Submit, Parameters Given)> ReadAsync(string query, string? body = null, string contentType = "application/json")
    {
        var request = Request(query, body, contentType);
        var given = Parameters.FromQuery(request.Query);
        Assert.Null(await SubmitBody.ReadAsync(request, given, CancellationToken.None));
        return (SubmitParameters.Read(given), given);
    }

    private static HttpRequest Request(string query, string? body, string contentType)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.QueryString = new QueryString(query);
        if (body is not null)
        {
            request.ContentType = contentType;
            request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        return request;
    }
}
