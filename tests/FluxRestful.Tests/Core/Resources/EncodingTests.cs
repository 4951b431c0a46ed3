using System.Text.Json;
using FluxRestful.Core.Resources;
using FluxRestful.Tests.Core.Jobs;

namespace FluxRestful.Tests.Core.Resources;

/// <summary>Every recorded text, read and written as the real library did.</summary>
public sealed class EncodingTests
{
    // Flux itself takes this for 0: it wraps around (surprise 61).
    private static readonly string[] RefusedHere = ["4294967296"];

    public static TheoryData<string> IdSets => Rows("idset");

    public static TheoryData<string> IdSetEncodings => Rows("idset_encode");

    public static TheoryData<string> Hostlists => Rows("hostlist");

    public static TheoryData<string> HostlistEncodings => Rows("hostlist_encode");

    public static TheoryData<string> Durations => Rows("fsd_parse");

    public static TheoryData<string> DurationFormats => Rows("fsd_format");

    [Theory]
    [MemberData(nameof(IdSets))]
    public void An_idset_is_read_as_flux_reads_it(string json)
    {
        var row = JsonElement.Parse(json);
        var text = row.GetProperty("in").GetString()!;
        var valid = !row.TryGetProperty("error", out _) && !RefusedHere.Contains(text);
        Assert.Equal(valid, IdSet.TryParse(text, out var set));
        if (!valid)
        {
            Assert.Throws<FormatException>(() => IdSet.Parse(text));
            return;
        }

        Assert.Equal(row.GetProperty("count").GetInt64(), set!.LongCount);
        Assert.Equal(row.GetProperty("encode").GetString(), set.ToString());
        Assert.Equal(row.GetProperty("encode_range_brackets").GetString(), set.ToString(brackets: true));
        if (row.GetProperty("members").ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(row.GetProperty("members").EnumerateArray().Select(id => id.GetUInt32()), set);
        }
    }

    [Theory]
    [MemberData(nameof(IdSetEncodings))]
    public void An_idset_is_written_as_flux_writes_it(string json)
    {
        var row = JsonElement.Parse(json);
        var ids = row.GetProperty("ids");
        var set = ids.ValueKind == JsonValueKind.Array
            ? IdSet.Of(ids.EnumerateArray().Select(id => id.GetUInt32()))
            : IdSet.Of(Enumerable.Range(0, 100).Select(id => (uint)id));
        Assert.Equal(row.GetProperty("encode").GetString(), set.ToString());
    }

    [Theory]
    [MemberData(nameof(Hostlists))]
    public void A_hostlist_is_read_as_flux_reads_it(string json)
    {
        var row = JsonElement.Parse(json);
        var text = row.GetProperty("in").GetString()!;
        var valid = !row.TryGetProperty("error", out _);
        Assert.Equal(valid, Hostlist.TryParse(text, out var list));
        if (!valid)
        {
            Assert.Throws<FormatException>(() => Hostlist.Parse(text));
            return;
        }

        Assert.Equal(row.GetProperty("hosts").EnumerateArray().Select(host => host.GetString()), list!);
        Assert.Equal(row.GetProperty("count").GetInt64(), list!.Count);
        Assert.Equal(row.GetProperty("encode").GetString(), list.ToString());
    }

    [Theory]
    [MemberData(nameof(HostlistEncodings))]
    public void A_hostlist_is_written_as_flux_writes_it(string json)
    {
        var row = JsonElement.Parse(json);
        var hosts = row.GetProperty("hosts").EnumerateArray().Select(host => host.GetString()!);
        Assert.Equal(row.GetProperty("encode").GetString(), Hostlist.Of(hosts).ToString());
    }

    [Theory]
    [MemberData(nameof(Durations))]
    public void A_duration_is_read_as_flux_reads_it(string json)
    {
        var row = JsonElement.Parse(json);
        var text = row.GetProperty("in").GetString()!;
        // Infinity is no JSON number, so it was recorded as a text; a limit of none is no limit for the tools.
        var valid = row.TryGetProperty("seconds", out var seconds);
        Assert.Equal(valid, FluxDuration.TryParse(text, out var read));
        if (valid)
        {
            Assert.Equal(seconds.ValueKind == JsonValueKind.String ? double.PositiveInfinity : seconds.GetDouble(), read, 1e-12);
        }
        else
        {
            Assert.Throws<FormatException>(() => FluxDuration.Parse(text));
        }
    }

    [Theory]
    [MemberData(nameof(DurationFormats))]
    public void A_duration_is_written_as_flux_writes_it(string json)
    {
        var row = JsonElement.Parse(json);
        Assert.Equal(row.GetProperty("fsd").GetString(), FluxDuration.Format(row.GetProperty("seconds").GetDouble()));
    }

    private static TheoryData<string> Rows(string name) =>
        [.. Recorded.Json("data/encodings.json").GetProperty(name).EnumerateArray().Select(row => row.GetRawText())];
}
