using System.Text;
using FluxRestful.Api.Tokens.Payload;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Tokens.Payload;

public sealed class EncodedPayloadTests
{
    private const string Key = "notsecrethoo";
    private const string Good = """{"user":"peenut","pass":"secret","scope":"token"}""";

    // 2026-01-01T00:00:00Z
    private static readonly FakeTimeProvider Time = new(DateTimeOffset.FromUnixTimeSeconds(1767225600));

    [Fact]
    public void What_the_python_client_sends_is_opened()
    {
        // Made by python-jose with its blanks in the JSON.
        var token = Jwt.Sign("""{"user": "peenut", "pass": "secret", "scope": "token"}""", Key, """{"alg": "HS256", "typ": "JWT"}""");
        Assert.True(EncodedPayload.TryOpen(token, Key, Time, out var payload));
        Assert.Equal(new EncodedPayload("peenut", "secret"), payload);
    }

    [Theory]
    [InlineData("k")]
    [InlineData("thisisnotsosecretakey")]
    [InlineData("ein Schlüssel")]
    public void A_secret_key_may_be_as_short_as_it_was(string key) => Assert.True(Opens(Jwt.Sign(Good, key), key));

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"hs256"}""")]
    [InlineData("""{"alg":"HS384"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","alg":"none"}""")]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""")]
    [InlineData("[]")]
    [InlineData("\"HS256\"")]
    [InlineData("not json")]
    public void No_header_but_that_of_hs256_is_taken(string header) => Assert.False(Opens(Jwt.Sign(Good, Key, header)));

    [Theory]
    [InlineData("""{"user":"peenut","pass":"secret"}""")]
    [InlineData("""{"user":"peenut","pass":"secret","scope":"x"}""")]
    [InlineData("""{"user":"peenut","pass":"secret","scope":["token"]}""")]
    [InlineData("""{"user":"peenut","scope":"token"}""")]
    [InlineData("""{"pass":"secret","scope":"token"}""")]
    [InlineData("""{"user":1,"pass":"secret","scope":"token"}""")]
    [InlineData("""{"user":"peenut","pass":{"$ne":""},"scope":"token"}""")]
    [InlineData("""{"user":"peenut","user":"fluxuser","pass":"secret","scope":"token"}""")]
    [InlineData("""{"user":"peenut","\u0075ser":"fluxuser","pass":"secret","scope":"token"}""")]
    [InlineData("""{"user":"\ud800","pass":"secret","scope":"token"}""")]
    [InlineData("""{"user":"peenut","pass":"secret","scope":"token","exp":1767225600}""")]
    [InlineData("""{"user":"peenut","pass":"secret","scope":"token","exp":"9999999999"}""")]
    [InlineData("""{"user":"peenut","pass":"secret","scope":"token","exp":null}""")]
    [InlineData("""{"user":"peenut","pass":"secret","scope":"token","iat":1767225700}""")]
    [InlineData("""{"user":"peenut","pass":"secret","scope":"token","nbf":1767225700}""")]
    [InlineData("""{"user":"peenut","pass":"secret","scope":"token"},{}""")]
    [InlineData("null")]
    [InlineData("")]
    public void Claims_that_are_missing_wrong_or_double_open_nothing(string claims) => Assert.False(Opens(Jwt.Sign(claims, Key)));

    [Fact]
    public void Times_are_honoured_where_they_are_given() =>
        Assert.True(Opens(Jwt.Sign("""{"user":"p","pass":"s","scope":"token","iat":1767225599,"nbf":1767225599.5,"exp":1767225601}""", Key)));

    [Fact]
    public void A_signature_of_another_key_opens_nothing()
    {
        Assert.False(Opens(Jwt.Sign(Good, "another")));
        Assert.False(Opens(Jwt.Sign(Good, "")));
    }

    [Fact]
    public void Every_other_spelling_of_a_good_token_is_refused()
    {
        var good = Jwt.Sign(Good, Key);
        var parts = good.Split('.');
        Assert.True(Opens(good));
        Assert.False(Opens(good + "="));
        Assert.False(Opens(good + "."));
        Assert.False(Opens("." + good));
        Assert.False(Opens($"{parts[0]}.{parts[1]}."));
        Assert.False(Opens($"{parts[0]}.{parts[1]}"));
        Assert.False(Opens($"{parts[0]}.{parts[1]}.{parts[2][..^1]}"));
        Assert.False(Opens($"{parts[0]}.{parts[1]}.{parts[2]} "));
        Assert.False(Opens($"{parts[0]}.{parts[1]}.{parts[2][..^1]}{OtherLetterOfSameBytes(parts[2][^1])}"));
        Assert.False(Opens(""));
        Assert.False(Opens(".."));
    }

    [Fact]
    public void A_token_beyond_8_kib_is_not_looked_at() =>
        Assert.False(Opens(Jwt.Sign($$"""{"user":"p","pass":"{{new string('x', 8000)}}","scope":"token"}""", Key)));

    [Fact]
    public void Deep_json_and_bad_utf8_open_nothing()
    {
        Assert.False(Opens(Jwt.Sign("""{"user":"p","pass":"s","scope":"token","x":[[[[[[1]]]]]]}""", Key)));
        Assert.False(Opens(Jwt.Sign(Encoding.Latin1.GetString([0x7b, 0xff, 0x7d]), Key)));
    }

    private static bool Opens(string token, string key = Key) => EncodedPayload.TryOpen(token, key, Time, out _);

    // 32 bytes are 43 letters, of which the last one has two bits to spare.
    private static char OtherLetterOfSameBytes(char letter)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return alphabet[alphabet.IndexOf(letter, StringComparison.Ordinal) + 1];
    }
}
