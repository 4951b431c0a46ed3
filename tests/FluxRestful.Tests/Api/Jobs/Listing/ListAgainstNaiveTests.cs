using System.Text.RegularExpressions;
using CsCheck;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Jobs.Listing.Texts;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Resources;

namespace FluxRestful.Tests.Api.Jobs.Listing;

/// <summary>Any list, while jobs come, change and go, against the plainest way to make it: look at each job, keep those that fit, sort them.</summary>
public sealed class ListAgainstNaiveTests
{
    private const double Now = 1000;

    private static readonly string?[] Names = [null, "", "sleep", "Sleep-1", "sleep_2", "sweep-0000001", "sweep-0000002", "SWEEP-0000002b", "a b", "a\tb", "a{", "a_", "straße", "ſtrange", "ıi", "Ünder", "日本", "😀x"];
    private static readonly string?[] Hosts = [null, "node1", "node[1-3]", "node[2-17],login", "n01"];
    private static readonly string?[] Words = [null, "sleep", "SLEEP 2", "\"a b\"", "ß", "S", "i", "üN", "日", "node login", "kim", "x\0y", "  ", "bin/echo", "fault", "\"blue m\"", "weep blue", new JobId(77).ToString(), "77"];

    private static readonly Gen<JobRecord> Jobs =
        Gen.Select(Gen.ULong[1, 1500], Gen.Int[0, 7], AnyOf(Names), AnyOf(Hosts), Gen.Int[0, 3], Gen.Int[0, 6]).Select((id, stage, name, hosts, few, time) => new JobRecord
        {
            Id = new JobId(id),
            Name = name,
            Command = few == 0 ? "/bin/echo " + name : null,
            Cwd = few == 1 ? "/home/kim" : null,
            Tags = few == 2 ? "sweep\nBlue moon" : time == 3 ? "sweep" : null,
            Queue = few == 2 ? "debug" : few == 3 ? "batch" : null,
            NodeList = hosts,
            Urgency = 16 + few,
            Priority = stage == 1 ? few : null,
            NTasks = few == 0 ? null : few,
            NCores = time,
            NNodes = few,
            Duration = few,
            State = stage switch { 0 => JobState.Depend, 1 => JobState.Sched, 2 => JobState.Run, 3 => JobState.Cleanup, _ => JobState.Inactive },
            Result = stage switch { 4 => JobResult.Completed, 5 => JobResult.Failed, 6 => JobResult.Canceled, 7 => JobResult.Timeout, _ => JobResult.None },
            Exception = stage == 5 ? new JobException("exec", 0, "a fault") : null,
            TSubmit = id,
            TRun = stage > 1 ? 100 * time : null,
            TCleanup = stage > 2 ? 100 * (time + few) : null,
            TInactive = stage > 3 ? 100 * (time + few) : null,
        });

    private static readonly Gen<JobFilter> Filters =
        Gen.Select(
            AnyOf<JobState>(0, JobState.Pending, JobState.Sched, JobState.Running, JobState.Inactive | JobState.Run), Gen.Bool, AnyOf<string?>(null, "sleep", "S*e*p*", "*-*", "*"),
            AnyOf<string?>(null, null, "debug"), AnyOf<string?>(null, null, "node3", "login", "n1"), AnyOf<double?>(null, null, 400), AnyOf<double?>(null, null, 100, 500),
            Gen.Select(AnyOf(Words), AnyOf<string?>(null, null, null, "sweep", "Blue moon", "blue moon"))).Select((states, failed, name, queue, node, since, ran, texts) => new JobFilter
            {
                States = states,
                Results = failed ? [JobResult.Failed, JobResult.Timeout] : [],
                Name = name,
                Queue = queue,
                Node = node,
                Since = since,
                Until = since + 700,
                RanFrom = ran,
                RanTo = ran * 4,
                Text = texts.Item1,
                Tag = texts.Item2,
            });

    [Fact]
    public void A_list_read_page_by_page_is_what_the_plainest_way_gives() =>
        Gen.Select(Gen.Select(Jobs.Array[0, 1500], Gen.ULong[1, 1500].Array[0, 50], Filters, AnyOf(ListOrder.All.ToArray()), Gen.Bool, Gen.Int[40, 400]).Array[1, 6], Gen.Bool).Sample(
            (steps, everybody) =>
            {
                var table = new JobTable();
                var model = new Dictionary<ulong, JobEntry>();
                foreach (var (came, went, filter, order, descending, limit) in steps)
                {
                    foreach (var job in came)
                    {
                        table.Put(model[job.Id.Value] = new JobEntry(job, null, JobOwner.Tenant(job.Id.Value % 3 == 0 ? 8 : 7)));
                    }

                    foreach (var id in went)
                    {
                        table.Remove(new JobId(id));
                        model.Remove(id);
                    }

                    var mine = model.Values.Where(entry => everybody || entry.Owner.TenantId == 7);
                    AssertSame([.. mine], table.Shelf(everybody ? null : 7), new() { Filter = filter, Order = order, Descending = descending, Limit = limit });
                }
            },
            iter: 150);

    private static Gen<TValue> AnyOf<TValue>(params TValue[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static void AssertSame(List<JobEntry> all, JobShelf shelf, JobListQuery query)
    {
        var (filter, order) = (query.Filter, query.Order);
        var rest = all.Where(entry => FitsRest(filter, entry)).ToList();
        var expected = rest.Where(entry => FitsState(filter, entry.Record))
            .OrderBy(entry => Number(order, entry.Record)).ThenBy(entry => order.Name == "name" ? entry.Record.Name ?? "" : order.Name == "queue" ? entry.Record.Queue ?? "" : "", StringComparer.OrdinalIgnoreCase)
            .ThenBy(entry => entry.Record.Id.Value).Select(entry => entry.Record.Id).ToList();
        if (query.Descending)
        {
            expected.Reverse();
        }

        var counts = JobCounts.Of(group => rest.Count(entry => JobGroups.Of(entry.Record) == group));
        var found = new List<JobId>();
        for (var next = query; ;)
        {
            var page = next.Run(shelf, Now);
            Assert.Equal((expected.Count, counts), (page.Matching, page.Counts));
            found.AddRange(page.Jobs.Select(entry => entry.Record.Id));
            if (page.Next is null)
            {
                break;
            }

            Assert.True(JobCursor.TryParse(page.Next.ToString(), out var after));
            next = next with { After = after };
        }

        Assert.Equal(expected, found);
        foreach (var group in Enum.GetValues<JobGroup>())
        {
            Assert.Equal(
                rest.Where(entry => FitsState(filter, entry.Record) && JobGroups.Of(entry.Record) == group).Select(entry => entry.Record.Id.Value).Order(),
                filter.Find(shelf[group], Now).Select(entry => entry.Record.Id.Value));
        }
    }

    private static bool FitsState(JobFilter filter, JobRecord job) => (filter.States == 0 && filter.Results.Count == 0)
        || (filter.States & job.State) != 0 || (job.State == JobState.Inactive && filter.Results.Contains(job.Result));

    private static bool FitsRest(JobFilter filter, JobEntry entry)
    {
        var job = entry.Record;
        return (filter.Queue is null || job.Queue == filter.Queue)
            && (filter.Since is not { } since || job.TSubmit >= since) && (filter.Until is not { } until || job.TSubmit < until)
            && (filter.RanFrom is not { } least || (job.TRun is not null && job.RuntimeAt(Now) >= least && job.RuntimeAt(Now) <= filter.RanTo))
            && (filter.Name is not { } name || (job.Name is { } own && Regex.IsMatch(own, $@"\A{string.Join(".*", name.Split('*').Select(Regex.Escape))}\z", RegexOptions.Singleline)))
            && (filter.Node is not { } node || (job.NodeList is { } hosts && Hostlist.Parse(hosts).Contains(node)))
            && (filter.Tag is not { } tag || job.TagList.Contains(tag))
            && (filter.Text is not { Length: > 0 } text || (JobId.TryParse(text.Trim(), out var id) && id == job.Id) || SearchWords.Of(text).All(word => Has(entry, word)));
    }

    private static bool Has(JobEntry entry, string word) => new[]
    {
        entry.Record.Name, entry.Record.Command, entry.Record.Tags, entry.OwnerName, entry.Record.Queue, entry.Record.NodeList, entry.Record.Cwd, entry.Record.Exception?.Note,
    }.Any(value => value?.ToUpperInvariant().Contains(word.ToUpperInvariant(), StringComparison.Ordinal) == true);

    private static double? Number(ListOrder order, JobRecord job) => order.Name switch
    {
        "state" => job.State == JobState.Inactive ? (int)job.State + (int)job.Result : (int)job.State,
        "priority" => job.Priority,
        "urgency" => job.Urgency,
        "started" => job.TRun,
        "ended" => job.TInactive,
        "runtime" => job.RuntimeAt(Now),
        "duration" => job.Duration,
        "ntasks" => job.NTasks,
        "nnodes" => job.NNodes,
        "ncores" => job.NCores,
        _ => 0,
    };
}
