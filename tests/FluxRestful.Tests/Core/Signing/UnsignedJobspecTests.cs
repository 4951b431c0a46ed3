using System.Text;
using CsCheck;
using FluxRestful.Core.Signing;
using FluxRestful.Tests.Core.Jobs;

namespace FluxRestful.Tests.Core.Signing;

public sealed class UnsignedJobspecTests
{
    private static readonly string[] Transcripts =
        ["submit-ok", "journal", "update-duration", "memo", "submit-invalid", "output-binary", "multi-user-guest-submit", "multi-user-curve-submit"];

    [Fact]
    public void Recorded_submissions_are_taken_apart_and_put_together_the_same()
    {
        var unsigned = 0;
        foreach (var j in Transcripts.SelectMany(Submitted).Where(j => j.Count(character => character == '.') == 2))
        {
            if (j.StartsWith("x.", StringComparison.Ordinal))
            {
                continue;
            }

            var parsed = UnsignedJobspec.Parse(j);
            if (parsed.Mechanism == "none")
            {
                unsigned++;
                Assert.Equal("none", parsed.Signature);
                Assert.Equal(j, UnsignedJobspec.Sign((uint)parsed.UserId, parsed.Jobspec.Span));
            }
            else
            {
                Assert.Equal(1002, parsed.UserId);
                Assert.NotEqual("", parsed.Signature);
            }
        }

        Assert.True(unsigned > 20);
    }

    [Theory]
    [InlineData("", "sign-unwrap: header decode error: Invalid argument")]
    [InlineData("x", "sign-unwrap: header decode error: Invalid argument")]
    [InlineData("x.x.x", "sign-unwrap: header decode error: Invalid argument")]
    [InlineData(".e30=.none", "sign-unwrap: header decode error: Invalid argument")]
    public void What_is_no_header_is_refused_as_flux_does(string j, string error) => Refused(j, error);

    [Theory]
    [InlineData("mechanism\0snone\0userid\0i1\0", "sign-unwrap: header version missing")]
    [InlineData("version\0s1\0mechanism\0snone\0userid\0i1\0", "sign-unwrap: header version missing")]
    [InlineData("version\0i2\0mechanism\0snone\0userid\0i1\0", "sign-unwrap: header version=2 unknown")]
    [InlineData("version\0i1\0userid\0i1\0", "sign-unwrap: header mechanism missing")]
    [InlineData("version\0i1\0mechanism\0sfoo\0userid\0i1\0", "sign-unwrap: header mechanism=foo unknown")]
    [InlineData("version\0i1\0mechanism\0snone\0", "sign-unwrap: header userid missing")]
    [InlineData("version\0i1\0mechanism\0snone\0userid\0ix\0", "sign-unwrap: header userid missing")]
    [InlineData("version\0i1\0mechanism\0snone\0userid\0i1", "sign-unwrap: header decode error: Invalid argument")]
    [InlineData("version\0i1\0mechanism\0", "sign-unwrap: header decode error: Invalid argument")]
    [InlineData("version\0q1\0", "sign-unwrap: header decode error: Invalid argument")]
    public void A_wrong_header_is_refused_as_flux_does(string header, string error) =>
        Refused($"{Convert.ToBase64String(Encoding.ASCII.GetBytes(header))}.e30=.none", error);

    [Theory]
    [InlineData("e30.none")]
    [InlineData("e3 0=.none")]
    [InlineData("e30=")]
    [InlineData("?.none")]
    public void A_payload_that_is_no_padded_base64_is_refused_as_flux_does(string rest) =>
        Refused($"{UnsignedJobspec.Sign(7, default).Split('.')[0]}.{rest}", "sign-unwrap: payload decode error: Invalid argument");

    [Fact]
    public void The_order_of_the_header_and_more_keys_do_not_matter()
    {
        var header = Convert.ToBase64String("userid\0i5\0more\0bt\0mechanism\0smunge\0version\0i1\0"u8);
        var parsed = UnsignedJobspec.Parse($"{header}.e30=.MUNGE:x:");
        Assert.Equal((5L, "munge", "{}", "MUNGE:x:"), (parsed.UserId, parsed.Mechanism, Encoding.UTF8.GetString(parsed.Jobspec.Span), parsed.Signature));
    }

    [Fact]
    public void Any_bytes_survive() => Gen.Select(Gen.UInt, Gen.Byte.Array[0, 200]).Sample((userId, bytes) =>
    {
        var parsed = UnsignedJobspec.Parse(UnsignedJobspec.Sign(userId, bytes));
        return parsed.UserId == userId && parsed.Mechanism == "none" && parsed.Jobspec.Span.SequenceEqual(bytes);
    });

    [Fact]
    public void Any_text_is_taken_apart_or_refused() =>
        Gen.OneOf(Gen.String, Gen.Byte.Array[0, 30].Select(bytes => $"{Convert.ToBase64String(bytes)}.e30=.none")).Sample(text =>
        {
            try
            {
                UnsignedJobspec.Parse(text);
            }
            catch (SignatureException refusal)
            {
                Assert.StartsWith("sign-unwrap: ", refusal.Message, StringComparison.Ordinal);
            }
        });

    private static void Refused(string j, string error) => Assert.Equal(error, Assert.Throws<SignatureException>(() => UnsignedJobspec.Parse(j)).Message);

    private static IEnumerable<string> Submitted(string transcript) =>
        from request in Recorded.Requests(transcript, "job-ingest.submit")
        where request.TryGetProperty("J", out _)
        select request.GetProperty("J").GetString()!;
}
