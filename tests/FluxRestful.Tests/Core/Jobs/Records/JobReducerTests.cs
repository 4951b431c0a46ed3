using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CsCheck;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Tests.Core.Jobs.Records;

public sealed class JobReducerTests
{
    private const string Journal = "job-manager.events-journal";

    internal static JsonElement Written(JobRecord job, IReadOnlySet<string>? attributes = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JobRecordJson.Write(writer, job, attributes);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    internal static Dictionary<JobId, JobRecord> Replay(IEnumerable<JournalEntry> entries)
    {
        var jobs = new Dictionary<JobId, JobRecord>();
        foreach (var entry in entries.Where(entry => !entry.IsCaughtUp))
        {
            if (JobReducer.Apply(jobs.GetValueOrDefault(entry.JobId), entry) is { } job)
            {
                jobs[entry.JobId] = job;
            }
            else
            {
                jobs.Remove(entry.JobId);
            }
        }

        return jobs;
    }

    [Fact]
    public void The_recorded_journal_makes_the_recorded_ends()
    {
        var jobs = Replay(Recorded.Answers("journal", Journal).Select(JournalEntry.FromJson));

        var failed = jobs[new JobId(798629036032)];
        Assert.Equal((JobState.Inactive, JobResult.Failed, 768), (failed.State, failed.Result, failed.WaitStatus));
        Assert.Equal(("journaled", 1, 1, 1, "2", "node2"), (failed.Name, failed.NTasks, failed.NCores, failed.NNodes, failed.Ranks, failed.NodeList));
        Assert.Equal((1795377459.6345012, 1795377459.645685, 1795377459.6481433), (failed.TDepend, failed.TSched, failed.TRun));
        var released = jobs[new JobId(798209605632)];
        Assert.Equal((16, 16L, JobResult.Completed, 0.0), (released.Urgency, released.Priority, released.Result, released.Expiration));
        Assert.Equal("""{"user":{"hello":"world"},"sched":{"resource_summary":"rank2/core0"}}""", released.Annotations);
        Assert.Equal(1795377459.5988660, released.TSubmit);
        Assert.Equal(1795377459.6213434, released.TSched);
        Assert.DoesNotContain(new JobId(805138595840), jobs.Keys);
        Assert.Equal(2, jobs.Count);
    }

    [Fact]
    public void A_backlog_gives_the_same_record_as_the_events_one_by_one()
    {
        foreach (var entry in Recorded.Answers("journal-full", Journal).Select(JournalEntry.FromJson).Where(entry => !entry.IsCaughtUp))
        {
            var whole = JobReducer.Apply(null, entry);
            var steps = entry.Events.Aggregate((JobRecord?)null, (job, each) => JobReducer.Apply(job, entry with { Events = [each] }));
            Assert.NotNull(whole);
            Assert.Equal(Recorded.Normal(Written(whole)), Recorded.Normal(Written(steps!)));
        }
    }

    [Fact]
    public void Without_its_beginning_a_job_is_not_known() => Assert.Null(JobReducer.Apply(null, Entry(Event("alloc"), Event("clean"))));

    [Theory]
    [InlineData("""["work","--part","7"]""", "work --part 7")]
    [InlineData("""["work","\ud800"]""", "work \uFFFD")]
    [InlineData("""[]""", null)]
    public void The_command_is_kept_as_one_line_and_no_argument_hides_the_job(string words, string? command)
    {
        var entry = Entry(Submit()) with { Jobspec = Jobspec(words) };
        Assert.Equal(command, JobReducer.Apply(null, entry)!.Command);
    }

    [Fact]
    public void A_long_command_is_cut()
    {
        var entry = Entry(Submit()) with { Jobspec = Jobspec($$"""["a","{{new string('x', 5000)}}"]""") };
        Assert.Equal(JobRecord.LongestCommand, JobReducer.Apply(null, entry)!.Command!.Length);
    }

    [Theory]
    [InlineData("""["sweep","paper 3"]""", "sweep\npaper 3")]
    [InlineData("\"sweep\"", "sweep")]
    [InlineData("""["a",7,null,"","two\nlines",["b"],{"c":1},"d"]""", "a\nd")]
    [InlineData("""["\ud800"]""", "\uFFFD")]
    [InlineData("""{"a":1}""", null)]
    [InlineData("[]", null)]
    public void Tags_are_kept_as_lines_and_what_is_none_hides_no_job(string given, string? tags)
    {
        var entry = Entry(Submit()) with { Jobspec = Tagged(given) };
        Assert.Equal(tags, JobReducer.Apply(null, entry)!.Tags);
    }

    [Fact]
    public void Of_many_tags_some_are_kept()
    {
        var entry = Entry(Submit()) with { Jobspec = Tagged($"[{string.Join(',', Enumerable.Range(100_000, 100_000).Select(i => $"\"{i}\""))}]") };
        Assert.InRange(JobReducer.Apply(null, entry)!.Tags!.Length, JobRecord.LongestTags - 8, JobRecord.LongestTags);
    }

    private static JsonElement Tagged(string tags) => JsonElement.Parse(
        Jobspec("""["true"]""").GetRawText().Replace("\"attributes\":{", $"\"attributes\":{{\"user\":{{\"tags\":{tags}}},", StringComparison.Ordinal));

    private static JsonElement Jobspec(string words) => JsonElement.Parse(
        """{"version":1,"resources":[],"tasks":[{"command":WORDS,"slot":"task","count":{"per_slot":1}}],"attributes":{"system":{"job":{"name":"n"}}}}"""
            .Replace("WORDS", words, StringComparison.Ordinal));

    [Fact]
    public void A_first_entry_begins_anew()
    {
        var job = JobReducer.Apply(null, Entry(Submit(), Event("memo", """{"a":1}"""), Event("clean")));
        Assert.Null(JobReducer.Apply(job, Entry(Submit()))!.Annotations);
    }

    [Fact]
    public void The_first_time_of_a_state_stays()
    {
        var job = Sched();
        var again = JobReducer.Apply(job, Entry(Event("urgency", """{"urgency":31}""", 50), Event("priority", """{"priority":4294967295}""", 51)))!;
        Assert.Equal((JobState.Sched, 31, 4294967295L), (again.State, again.Urgency, again.Priority));
        Assert.Equal((job.TPriority, job.TSched), (again.TPriority, again.TSched));
    }

    [Theory]
    [InlineData("urgency", """{"urgency":0}""")]
    [InlineData("jobspec-update", """{"attributes.system.duration":5}""")]
    [InlineData("flux-restart", "{}")]
    public void What_asks_for_a_new_priority_hides_the_old_one(string name, string context)
    {
        var job = JobReducer.Apply(Sched(), Entry(Event(name, context)))!;
        Assert.Equal((JobState.Priority, null), (job.State, job.Priority));
        Assert.False(Written(job).TryGetProperty("priority", out _));
    }

    [Fact]
    public void A_running_job_keeps_its_state_when_its_urgency_changes()
    {
        var job = JobReducer.Apply(Running(), Entry(Event("urgency", """{"urgency":3}""")))!;
        Assert.Equal((JobState.Run, 3), (job.State, job.Urgency));
    }

    [Fact]
    public void Of_several_exceptions_the_first_of_the_lowest_severity_counts()
    {
        var job = JobReducer.Apply(Running(), Entry(
            Event("exception", """{"type":"warn","severity":3,"note":"a"}"""),
            Event("exception", """{"type":"cancel","severity":0,"note":"b","userid":1}""", 20),
            Event("exception", """{"type":"mine","severity":0,"note":"c"}""", 21),
            Event("finish", """{"status":36608}""", 25),
            Event("clean", null, 26)))!;
        Assert.Equal(new JobException("cancel", 0, "b"), job.Exception);
        Assert.Equal((JobResult.Canceled, 20.0, 36608, 143), (job.Result, job.TCleanup, job.WaitStatus, job.ReturnCode));
        Assert.Equal("Canceled: b", job.Reason(30));
    }

    [Fact]
    public void A_harmless_exception_does_not_spoil_success()
    {
        var job = JobReducer.Apply(Running(), Entry(
            Event("exception", """{"type":"warn","severity":3,"note":""}"""), Event("finish", """{"status":0}"""), Event("clean")))!;
        Assert.Equal((true, JobResult.Completed), (job.Success, job.Result));
        Assert.True(Written(job).GetProperty("exception_occurred").GetBoolean());
    }

    [Fact]
    public void A_fatal_exception_before_the_finish_spoils_success()
    {
        var job = JobReducer.Apply(Running(), Entry(
            Event("exception", """{"type":"mine","severity":0,"note":""}"""), Event("finish", """{"status":0}"""), Event("clean")))!;
        Assert.Equal((false, JobResult.Failed), (job.Success, job.Result));
    }

    [Fact]
    public void Of_a_job_that_lives_its_end_is_not_told()
    {
        var job = JobReducer.Apply(Running(), Entry(Event("exception", """{"type":"cancel","severity":0,"note":""}""")))!;
        var written = Written(job);
        Assert.Equal(JobState.Cleanup, job.State);
        Assert.False(written.TryGetProperty("result", out _) || written.TryGetProperty("exception_type", out _) || written.TryGetProperty("success", out _));
    }

    [Fact]
    public void Dependencies_come_and_go_and_leave_an_empty_list()
    {
        var job = JobReducer.Apply(null, Entry(
            Submit(),
            Event("dependency-add", """{"description":"after-success=1"}"""),
            Event("dependency-add", """{"description":"after-success=1"}"""),
            Event("dependency-add", """{"description":"after-success=2"}""")))!;
        Assert.Equal(["after-success=1", "after-success=2"], job.Dependencies!);
        job = JobReducer.Apply(job, Entry(
            Event("dependency-remove", """{"description":"after-success=1"}"""), Event("dependency-remove", """{"description":"after-success=2"}""")))!;
        Assert.Equal("[]", Written(job).GetProperty("dependencies").GetRawText());
    }

    [Fact]
    public void Memos_merge_and_a_null_deletes()
    {
        var job = JobReducer.Apply(Sched(), Entry(
            Event("memo", """{"a":1,"b":{"c":"x"}}"""), Event("memo", """{"a":null}"""), Event("memo", """{"uri":"ssh://host/path","b":{"d":2}}""")))!;
        Assert.Equal("""{"user":{"b":{"c":"x","d":2},"uri":"ssh://host/path"}}""", job.Annotations);
    }

    [Fact]
    public void Live_annotations_replace_and_outrank_those_of_alloc()
    {
        var live = JobReducer.Apply(Sched(), Entry(
            Event("annotations", """{"annotations":{"sched":{"t_estimate":5.0}}}"""),
            Event("alloc", """{"annotations":{"sched":{"resource_summary":"x"}}}""")))!;
        Assert.Equal("""{"sched":{"t_estimate":5.0}}""", live.Annotations);
        Assert.Null(JobReducer.Apply(live, Entry(Event("annotations", """{"annotations":null}""")))!.Annotations);

        var backlog = JobReducer.Apply(Sched(), Entry(
            Event("memo", """{"a":1}"""), Event("alloc", """{"annotations":{"sched":{"resource_summary":"x"}}}""")))!;
        Assert.Equal("""{"sched":{"resource_summary":"x"},"user":{"a":1}}""", backlog.Annotations);
    }

    [Fact]
    public void Updates_change_queue_duration_and_expiration()
    {
        var job = JobReducer.Apply(Running(), Entry(
            Event("jobspec-update", """{"attributes.system.duration":7.5,"attributes.system.queue":"debug","attributes.system.constraints":{}}"""),
            Event("resource-update", """{"expiration":99.5}""")))!;
        Assert.Equal((7.5, "debug", 99.5, JobState.Run), (job.Duration, job.Queue, job.Expiration, job.State));
    }

    [Fact]
    public void Nonsense_leaves_the_record_as_it_is()
    {
        var job = Running();
        foreach (var name in (string[])["priority", "urgency", "finish", "exception", "dependency-add", "dependency-remove", "annotations", "resource-update", "hello"])
        {
            Assert.Equal(job.State, JobReducer.Apply(job, Entry(Event(name), Event(name, """{"x":[]}""")))!.State);
        }
    }

    [Theory]
    [InlineData("exception", """{"type":"cancel","severity":0,"note":"\ud800"}""")]
    [InlineData("exception", """{"\ud800":1,"type":"cancel","severity":0}""")]
    [InlineData("dependency-add", """{"description":"\udc00"}""")]
    [InlineData("jobspec-update", """{"attributes.system.queue":"\ud800"}""")]
    [InlineData("jobspec-update", """{"\ud800":1}""")]
    [InlineData("memo", """{"\ud800":1}""")]
    [InlineData("memo", """{"a":1,"a":2}""")]
    [InlineData("annotations", """{"annotations":{"\ud800":"\ud800"}}""")]
    [InlineData("resource-update", """{"expiration":1e999}""")]
    public void What_is_no_text_or_number_harms_nothing(string name, string context)
    {
        var job = JobReducer.Apply(Running(), Entry(Event(name, context), Event("urgency", """{"urgency":5}""")))!;
        Assert.Equal(5, job.Urgency);
        Assert.Equal(JsonValueKind.Object, Written(job).ValueKind);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(600, false)]
    public void Annotations_of_any_depth_can_be_read_again_or_are_not_taken_in(int depth, bool taken)
    {
        var deep = new string('[', depth) + new string(']', depth);
        var memo = JobReducer.Apply(Running(), Entry(DeepEvent("memo", $$"""{"deep":{{deep}}}""")))!;
        Assert.Equal(taken, memo.Annotations is not null && memo.Annotation("user", "deep") is not null);
        var live = JobReducer.Apply(Running(), Entry(DeepEvent("annotations", $$$"""{"annotations":{"sched":{{{deep}}}}}""")))!;
        Assert.Equal(taken, live.Annotations is not null && live.Annotation("sched") is not null);
    }

    // Surprise 43.
    [Fact]
    public void A_job_canceled_while_it_runs_is_canceled_and_has_the_code_of_its_end()
    {
        var job = JobReducer.Apply(Running(), Entry(
            Event("exception", """{"type":"cancel","severity":0,"note":""}"""), Event("finish", """{"status":36608}"""), Event("clean")))!;
        Assert.Equal((JobResult.Canceled, 143, "Canceled"), (job.Result, job.ReturnCode, job.Reason(0)));
    }

    [Fact]
    public void A_negative_code_is_written_with_a_hyphen_in_every_culture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "\u2212";
        CultureInfo.CurrentCulture = culture;
        var job = JobReducer.Apply(Running(), Entry(Event("finish", """{"status":9}"""), Event("clean")))!;
        Assert.Equal("Exit -9", job.Reason(0));
    }

    [Fact]
    public void An_endless_duration_is_none()
    {
        var updated = JobReducer.Apply(Running(), Entry(Event("jobspec-update", """{"attributes.system.duration":1e999}""")))!;
        Assert.Null(updated.Duration);
    }

    [Theory]
    [InlineData("""{"id":1e99,"events":[]}""")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"\ud800":1,"id":1,"events":[{}]}""")]
    [InlineData("""{"id":1,"events":[{"timestamp":1e999,"name":"x"}]}""")]
    [InlineData("""{"id":1,"events":[{"timestamp":1,"name":"\ud800"}]}""")]
    [InlineData("""[]""")]
    public void What_is_no_entry_is_refused(string json) => Assert.Throws<FormatException>(() => JournalEntry.FromJson(JsonElement.Parse(json)));

    [Fact]
    public void A_job_whose_R_can_not_be_read_runs_all_the_same()
    {
        var job = JobReducer.Apply(Sched(), new(7, [Event("alloc", null, 5)], null, JsonElement.Parse("{}")))!;
        Assert.Equal((JobState.Run, 5.0, null), (job.State, job.TRun, job.Ranks));
    }

    [Fact]
    public void Only_the_attributes_asked_for_are_written()
    {
        Assert.Equal("""{"id":7,"state":16}""", Written(Running(), new HashSet<string> { "state", "result" }).GetRawText());
        Assert.Equal(32, JobRecordJson.Attributes.Count);
    }

    [Fact]
    public void Any_order_of_any_events_gives_a_record_or_none()
    {
        var names = Words(
            "submit", "validate", "invalidate", "depend", "priority", "urgency", "alloc", "finish", "exception", "clean",
            "memo", "annotations", "resource-update", "jobspec-update", "dependency-add", "dependency-remove", "flux-restart");
        var contexts = Words(
            "{}", """{"priority":3,"urgency":4,"status":9,"severity":0,"type":"cancel","note":"n","expiration":4,"description":"d"}""",
            """{"annotations":{"user":7},"memo":[null],"attributes.system.duration":"x","userid":-1,"status":1e300}""");
        Gen.Select(names, contexts, Gen.Double[0, 100]).Select((name, context, time) => Event(name, context, time)).Array[1, 20].Sample(events =>
        {
            var job = JobReducer.Apply(null, Entry(events));
            return job is null || JobRecordJson.Read(Written(job)).Id == job.Id;
        });
    }

    private static JobEvent DeepEvent(string name, string context) =>
        JobEvent.Parse($$"""{"timestamp":1,"name":"{{name}}","context":{{context}}}""");

    private static Gen<string> Words(params string[] words) => Gen.Int[0, words.Length - 1].Select(at => words[at]);

    private static JobRecord Sched() => JobReducer.Apply(null, Entry(
        Submit(), Event("validate", null, 2), Event("depend", null, 3), Event("priority", """{"priority":16}""", 4)))!;

    private static JobRecord Running() => JobReducer.Apply(Sched(), Entry(Event("alloc", """{}""", 5)))!;

    private static JobEvent Submit() => Event("submit", """{"userid":1001,"urgency":16,"flags":0,"version":1}""");

    private static JobEvent Event(string name, string? context = null, double time = 1) =>
        new(time, name, context is null ? null : JsonElement.Parse(context));

    private static JournalEntry Entry(params JobEvent[] events) => new(7, events, null, null);
}
