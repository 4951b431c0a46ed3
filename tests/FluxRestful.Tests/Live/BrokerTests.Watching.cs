using System.Text;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Output;
using FluxRestful.Core.Rpc;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Live;

// Output and input.
public abstract partial class BrokerTests
{
    [Fact]
    public async Task Output_can_be_waited_for_before_the_job_runs()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("echo", "at last"), urgency: 0);
        await Broker.ReachAsync(id, JobState.Sched);
        var watching = Broker.OutputEventsAsync(id, flags: 1);

        await Broker.CallAsync("job-manager.urgency", new { id = id.WireValue, urgency = 16 });

        Assert.Equal("at last\n", Encoding.UTF8.GetString(OutputEntry.BytesOf(await watching, "stdout")));
    }

    [Fact]
    public async Task A_watch_of_output_ends_with_a_job_that_never_runs()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0);
        await Broker.ReachAsync(id, JobState.Sched);
        var watching = Broker.OutputEventsAsync(id, flags: 1);

        await Broker.CancelAsync(id);

        Assert.Empty(await watching);
    }

    [Fact]
    public async Task Output_comes_while_the_job_runs()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Script("echo one; read line; echo \"$line\"").Prompt());
        var shell = await Broker.ExecEventAsync(id, "shell.init");

        var lines = new List<string>();
        await foreach (var each in Broker.WatchOutputAsync(id))
        {
            if (each is { Kind: OutputEntryKind.Data, Stream: "stdout", Bytes.Length: > 0 })
            {
                lines.Add(each.Text);
                if (lines.Count == 1)
                {
                    Assert.NotEqual(JobState.Inactive, StateOf(await Broker.GetAsync(id)));
                    await TypeAsync(shell, new { stream = "stdin", rank = "all", data = "two\n", eof = true });
                }
            }
        }

        Assert.Equal(["one\n", "two\n"], lines);
    }

    // Surprise 3: the way that does not hang, at the moment that hangs with the other.
    [Fact]
    public async Task Output_of_a_job_that_has_just_ended_is_all_there()
    {
        for (var i = 0; i < 50; i++)
        {
            var id = await Broker.SubmitAsync(Jobspecs.Of("echo", $"line {i}"));
            await Broker.EndAsync(id);

            Assert.Equal($"line {i}\n", Encoding.UTF8.GetString(OutputEntry.BytesOf(await Broker.OutputEventsAsync(id), "stdout")));
        }
    }

    // Surprise 4.
    [Fact]
    public async Task Output_of_a_job_that_has_just_started_is_followed_from_its_shell_on()
    {
        var jobs = Enumerable.Range(0, 50).Select(async i =>
        {
            var id = await Broker.SubmitAsync(Jobspecs.Of("echo", $"line {i}"));
            await Broker.ExecEventAsync(id, "shell.init");
            return (Expected: $"line {i}\n", Actual: Encoding.UTF8.GetString(OutputEntry.BytesOf(await Broker.OutputEventsAsync(id), "stdout")));
        });

        Assert.All(await Task.WhenAll(jobs), job => Assert.Equal(job.Expected, job.Actual));
    }

    [Fact]
    public async Task A_finished_jobs_output_can_be_looked_up()
    {
        var id = await Broker.SubmitAsync("echo", "looked up");
        await Broker.EndAsync(id);
        await Broker.OutputEventsAsync(id);

        var answer = await Broker.CallAsync("job-info.lookup", new { id = id.WireValue, keys = (string[])["guest.output"], flags = 0 });

        var events = answer.GetProperty("guest.output").GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(OutputEntry.Read);
        Assert.Equal("looked up\n", Encoding.UTF8.GetString(OutputEntry.BytesOf(events, "stdout")));
    }

    [Fact]
    public async Task Much_output_comes_whole_and_in_order()
    {
        var id = await Broker.SubmitAsync("seq", "20000");

        Assert.Equal(string.Concat(Enumerable.Range(1, 20000).Select(i => $"{i}\n")), await Broker.TextAsync(id));
    }

    [Fact]
    public async Task A_line_of_a_megabyte_comes_whole()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Script("head -c 1000000 /dev/zero | tr '\\0' x; echo; printf unfinished"));

        Assert.Equal(new string('x', 1000000) + "\nunfinished", await Broker.TextAsync(id));
    }

    // Surprise 55.
    [Fact]
    public async Task Bytes_that_are_no_text_come_as_they_are()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Script(@"printf 'text\n\377\000\001\n\303('; printf 'a\000b\r\n' >&2"));

        Assert.Equal((byte[])[.. "text\n"u8, 0xff, 0, 1, 10, 0xc3, .. "("u8], await Broker.OutputAsync(id));
        Assert.Equal("a\0b\r\n"u8.ToArray(), await Broker.OutputAsync(id, "stderr"));
    }

    [Fact]
    public async Task Unicode_goes_in_and_comes_out()
    {
        var id = await Broker.SubmitAsync(Named("true", "ƒ 漢字 🚀"));
        Assert.Equal("ƒ 漢字 🚀", Text(await Broker.EndAsync(id), "name"));

        id = await Broker.SubmitAsync("printf", "%s\n", "ƒ 漢字 🚀 \u0001");
        Assert.Equal("ƒ 漢字 🚀 \u0001\n", await Broker.TextAsync(id));
    }

    [Fact]
    public async Task Each_stream_of_each_task_ends_once()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("echo", "x").Tasks(2));
        await Broker.EndAsync(id);

        var ends = (await Broker.OutputEventsAsync(id)).Where(data => data.IsEof).Select(data => $"{data.Stream} {data.Rank}");

        Assert.Equal(["stderr 0", "stderr 1", "stdout 0", "stdout 1"], [.. ends.Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public async Task Output_can_go_to_a_file()
    {
        var path = Path.Combine(Path.GetTempPath(), $"flux-restful-output-{Guid.NewGuid():N}");
        try
        {
            var id = await Broker.SubmitAsync(Jobspecs.Script("echo out; echo err >&2").With("system.shell.options.output.stdout", new { type = "file", path }));
            await Broker.EndAsync(id);

            var events = await Broker.OutputEventsAsync(id);

            Assert.Contains(events, each => each is { Kind: OutputEntryKind.Redirect, Stream: "stdout" } && each.Text == path);
            Assert.Empty(OutputEntry.BytesOf(events, "stdout"));
            Assert.Equal(["err", "out"], [.. (await File.ReadAllLinesAsync(path, Broker.Token)).Order(StringComparer.Ordinal)]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task What_is_typed_reaches_the_task()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("cat").Prompt());
        var shell = await Broker.ExecEventAsync(id, "shell.init");
        await Broker.ExecEventAsync(id, "shell.start");

        await TypeAsync(shell, new { stream = "stdin", rank = "all", data = "hello\n" });
        await TypeAsync(shell, new { stream = "stdin", rank = "0", data = Convert.ToBase64String([0xff, 10]), encoding = "base64" });
        await TypeAsync(shell, new { stream = "stdin", rank = "all", eof = true });

        Assert.Equal((byte[])[.. "hello\n"u8, 0xff, 10], await Broker.OutputAsync(id));
        var gone = await Assert.ThrowsAsync<BrokerException>(() => TypeAsync(shell, new { stream = "stdin", rank = "all", data = "late" }));
        Assert.Equal(Errno.ENOSYS, gone.Errnum);
    }

    [Fact]
    public async Task A_stream_that_is_left_early_ends_at_the_broker_and_others_go_on()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Script("echo one; read line; echo two").Prompt());
        var shell = await Broker.ExecEventAsync(id, "shell.init");
        var staying = Broker.OutputEventsAsync(id);
        for (var i = 0; i < 20; i++)
        {
            await foreach (var each in Broker.WatchAsync(id, "guest.output"))
            {
                Assert.Equal("header", each!.Name);
                break;
            }
        }

        using var impatience = new CancellationTokenSource();
        var leaving = Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var each in Broker.WatchUntilAsync(id, "guest.output", 0, impatience.Token))
            {
                await impatience.CancelAsync();
            }
        });
        await leaving;

        await TypeAsync(shell, new { stream = "stdin", rank = "all", eof = true });
        Assert.Equal("one\ntwo\n", Encoding.UTF8.GetString(OutputEntry.BytesOf(await staying, "stdout")));
    }

    private async Task TypeAsync(JobEvent shellInit, object payload)
    {
        var service = shellInit.Context!.Value.GetProperty("service").GetString()!;
        var rank = shellInit.Context.Value.GetProperty("leader-rank").GetUInt32();
        await Broker.Client.CallAsync(BrokerSession.Request($"{service}.stdin", payload) with { NodeId = rank }, Broker.Token);
    }
}
