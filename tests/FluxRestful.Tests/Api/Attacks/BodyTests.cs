using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace FluxRestful.Tests.Api.Attacks;

/// <summary>Bodies that are made to cost more than they should, or to say two things at once.</summary>
public sealed class BodyTests
{
    private const string Jobs = "/api/v1/jobs";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Bodies => new()
    {
        { "deep arrays", """{"constraints":""" + new string('[', 100_000) },
        { "deep objects", """{"attributes":{"a":""" + string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) },
        { "deep and whole", """{"constraints":""" + new string('[', 2000) + new string(']', 2000) + "}" },
        { "a member twice", """{"command":["true"],"command":["false"]}""" },
        { "a member twice, escaped", """{"command":["true"],"\u0063ommand":["false"]}""" },
        { "a member twice, in another case", """{"command":["true"],"COMMAND":["false"]}""" },
        { "a variable twice", """{"command":["true"],"environment":{"A":"1","A":"2"}}""" },
        { "a member twice in what is free", """{"command":["true"],"attributes":{"user.a":{"b":1,"b":2}}}""" },
        { "a number without end", """{"command":["true"],"tasks":1""" + new string('0', 100_000) + "}" },
        { "an exponent", """{"command":["true"],"duration":1e999999999}""" },
        { "a number as a text", """{"command":["true"],"tasks":"1"}""" },
        { "half a surrogate", """{"command":["true"],"name":"\ud800"}""" },
        { "two documents", """{"command":["true"]}{"command":["false"]}""" },
        { "a comment", """{"command":["true"]/* */}""" },
        { "another root", "\"command\"" },
        { "null", "null" },
        { "a byte order mark of UTF-16", "\ufeff\u0000" },
    };

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public async Task A_body_that_is_too_deep_or_says_two_things_is_refused_and_submits_nothing(string what, string body)
    {
        await using var app = await ApiApp.StartAsync();
        var answer = await app.Alice.PostAsync(Jobs, new StringContent(body, Encoding.UTF8, "application/json"), Token);
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest, $"{what}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}");
        Assert.Equal(0, (await ApiApp.GetAsync(app.Alice, Jobs)).GetProperty("matching").GetInt32());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("identity, gzip")]
    public async Task A_compressed_body_is_not_unpacked(string encoding)
    {
        await using var app = await ApiApp.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync("""{"command":["true"],"name":" """.TrimEnd().Select(letter => (byte)letter).ToArray(), Token);
            await gzip.WriteAsync(new byte[50_000_000].Select(_ => (byte)'a').ToArray(), Token);
            await gzip.WriteAsync("\"}"u8.ToArray(), Token);
        }

        foreach (var path in (string[])[Jobs, Jobs + "/bulk", "/v1/jobs/submit", "/v1/login/access-token"])
        {
            using var content = new ByteArrayContent(packed.ToArray());
            content.Headers.ContentType = new MediaTypeHeaderValue(path.Contains("login", StringComparison.Ordinal) ? "application/x-www-form-urlencoded" : "application/json");
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            var answer = await app.Alice.PostAsync(path, content, Token);
            Assert.True((int)answer.StatusCode is 400 or 413 or 415 or 422, $"{path}: {answer.StatusCode}");
        }

        Assert.Equal(0, (await ApiApp.GetAsync(app.Alice, Jobs)).GetProperty("matching").GetInt32());
    }
}
