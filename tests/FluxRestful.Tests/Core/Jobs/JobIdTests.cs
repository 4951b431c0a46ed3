using System.Globalization;
using CsCheck;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Tests.Core.Jobs;

public sealed class JobIdTests
{
    private static readonly Dictionary<string, JobIdFormat> Formats = new()
    {
        ["dec"] = JobIdFormat.Dec,
        ["hex"] = JobIdFormat.Hex,
        ["dothex"] = JobIdFormat.DotHex,
        ["kvs"] = JobIdFormat.Kvs,
        ["words"] = JobIdFormat.Words,
        ["f58"] = JobIdFormat.F58Unicode,
        ["f58plain"] = JobIdFormat.F58,
        ["emoji"] = JobIdFormat.Emoji,
    };

    // Flux itself takes this for 0: it wraps around (surprise 61).
    private static readonly string[] RefusedHere = ["fjpXCZedGfVR"];

    public static TheoryData<string, string, string> Encoded => [.. Rows()];

    public static TheoryData<string, string?> Parsed =>
    [
        .. Recorded.Json("data/encodings.json").GetProperty("jobid_parse").EnumerateArray().Select(row =>
        {
            var text = row.GetProperty("in").GetString()!;
            var id = row.TryGetProperty("id", out var value) && !RefusedHere.Contains(text) ? value.GetString() : null;
            return new TheoryDataRow<string, string?>(text, id);
        }),
    ];

    [Theory]
    [MemberData(nameof(Encoded))]
    public void An_id_is_written_and_read_as_flux_does(string id, string format, string text)
    {
        var value = new JobId(ulong.Parse(id, CultureInfo.InvariantCulture));
        Assert.Equal(text, value.ToString(Formats[format]));
        Assert.Equal(value, JobId.Parse(text));
    }

    [Theory]
    [MemberData(nameof(Parsed))]
    public void A_text_is_taken_or_refused_as_flux_does(string text, string? id)
    {
        Assert.Equal(id is not null, JobId.TryParse(text, out var read));
        Assert.Equal(id ?? "0", read.ToString(JobIdFormat.Dec));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("٣")]
    [InlineData("f１")]
    [InlineData("+1")]
    [InlineData("0x+1")]
    [InlineData("1.2.3")]
    [InlineData("12345.0.0.0")]
    [InlineData("fzzzzzzzzzzzz")]
    [InlineData("verbal-verbal-verbal--verbal-verbal-verbal")]
    [InlineData("academy-academy-academy")]
    [InlineData("academy-academy-academy--academy-academy-academy-academy")]
    [InlineData("job.")]
    [InlineData("\ud83d")]
    [InlineData("😃\ud83d")]
    [InlineData("🚹💗💧👗😷📷📙📙")]
    public void What_is_no_id_is_refused(string? text)
    {
        Assert.False(JobId.TryParse(text, out _));
    }

    [Fact]
    public void Every_id_survives_every_format() =>
        Gen.Select(Gen.ULong, Gen.Enum<JobIdFormat>()).Sample((value, format) =>
            JobId.TryParse($" {new JobId(value).ToString(format)}\n", out var id) && id.Value == value);

    [Fact]
    public void Any_text_is_read_or_refused_without_an_exception() =>
        Gen.OneOf(Gen.String, Gen.String["0123456789abcdefxƒ.-job 😃"]).Sample(text =>
            !JobId.TryParse(text, out var id) || JobId.Parse(id.ToString()) == id);

    [Fact]
    public void Ids_are_ordered_as_unsigned_numbers()
    {
        var (early, late) = (new JobId(1), JobId.FromWire(-2));
        Assert.True(early < late && late > early && early <= late && late >= early);
        Assert.Equal(-2, late.WireValue);
    }

    private static IEnumerable<TheoryDataRow<string, string, string>> Rows() =>
        from row in Recorded.Json("data/encodings.json").GetProperty("jobid_encode").EnumerateArray()
        from format in Formats.Keys
        select new TheoryDataRow<string, string, string>(row.GetProperty("id").GetString()!, format, row.GetProperty(format).GetString()!);
}
