using System.Text.Json;
using CsCheck;
using FluxRestful.Core.Resources;

namespace FluxRestful.Tests.Core.Resources;

public sealed class SetTests
{
    private static readonly Gen<uint[]> Ids = Gen.UInt[0, 40].Array[0, 30];

    [Fact]
    public void An_idset_behaves_as_a_sorted_set() => Gen.Select(Ids, Ids).Sample((left, right) =>
    {
        var (a, b) = (IdSet.Of(left), IdSet.Of(right));
        return a.Union(b).SequenceEqual(left.Union(right).Order())
            && a.Except(b).SequenceEqual(left.Except(right).Order())
            && a.Intersect(b).SequenceEqual(left.Intersect(right).Order())
            && a.Count == left.Distinct().Count()
            && Enumerable.Range(0, 42).All(id => a.Contains((uint)id) == left.Contains((uint)id))
            && IdSet.Parse(a.ToString()).Equals(a)
            && IdSet.Parse(a.ToString(brackets: true)).Equals(a)
            && a.GetHashCode() == IdSet.Of(left.Reverse()).GetHashCode();
    });

    [Fact]
    public void A_huge_idset_costs_nothing()
    {
        var all = IdSet.Parse($"0-{IdSet.MaxId}");
        Assert.Equal(4294967294, all.LongCount);
        Assert.Equal(int.MaxValue, all.Count);
        Assert.Equal("0-6,8-4294967293", all.Except(IdSet.Of(7)).ToString());
        Assert.Equal("", all.Except(all).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => IdSet.Of(uint.MaxValue));
    }

    [Fact]
    public void Any_text_is_an_idset_or_refused() =>
        Gen.OneOf(Gen.String, Gen.String["0123456789,-[] x"]).Sample(text => !IdSet.TryParse(text, out var set) || IdSet.Parse(set.ToString()).Equals(set));

    [Fact]
    public void A_hostlist_keeps_its_hosts_in_order() =>
        Gen.Select(Gen.Int[0, 3], Gen.OneOf(Gen.String[Gen.Char["0123456789"], 0, 4], Gen.String[Gen.Char["ab-.0"], 0, 6]))
            .Select((prefix, rest) => "node".Insert(prefix, "9") + rest).Array[0, 12]
            .Sample(hosts => Hostlist.Parse(Hostlist.Of(hosts).ToString()).SequenceEqual(hosts));

    [Fact]
    public void Any_text_is_a_hostlist_or_refused() =>
        Gen.OneOf(Gen.String, Gen.String["ab01,-[] "]).Sample(text =>
            !Hostlist.TryParse(text, out var list) || list.Count > 10_000 || list.Count == list.ToArray().Length);

    [Fact]
    public void A_huge_hostlist_costs_nothing_and_one_that_would_cost_is_refused()
    {
        var list = Hostlist.Parse("node[0-999999999]");
        Assert.Equal(1_000_000_000, list.Count);
        Assert.Equal("node[0-999999999]", list.ToString());
        Assert.False(Hostlist.TryParse("node[0-999999999]-ib", out _));
        Assert.False(Hostlist.TryParse(string.Join(',', Enumerable.Repeat("n[0-1000000]-ib", 100)), out _));
    }

    [Fact]
    public void Numbers_at_the_end_of_what_a_number_holds_are_counted_without_an_overflow()
    {
        var list = Hostlist.Parse(string.Join(',', Enumerable.Range(0, 12).Select(at => $"n{at}-[0-999999999999999999]")));
        Assert.Equal(long.MaxValue, list.Count);
        Assert.False(Hostlist.TryParse("[0-599999999999999999]x", out _));
        var error = Assert.Throws<FormatException>(() => ResourceSet.FromJson(JsonElement.Parse(
            $$$"""{"execution":{"R_lite":[{"rank":"0","children":{"core":"0"}}],"nodelist":["{{{list}}}","{{{list}}}"]}}""")));
        Assert.StartsWith("R names", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_a_duration_or_refused() =>
        Gen.OneOf(Gen.String, Gen.String["0123456789.e smhdinf-"]).Sample(text =>
            !FluxDuration.TryParse(text, out var seconds) || (seconds >= 0 && FluxDuration.Format(seconds).Length > 0));
}
