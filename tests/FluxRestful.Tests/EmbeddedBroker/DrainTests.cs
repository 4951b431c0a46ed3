using FluxRestful.Core.Framing;

namespace FluxRestful.Tests.EmbeddedBroker;

/// <summary>Draining of the only node; answers and events as recorded of four.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_drained_node_says_so_and_takes_no_jobs_until_it_is_undrained()
    {
        await using var session = await BrokerSession.StartAsync();
        var before = (await session.GetAsync("resource.status", null)).GetProperty("drain");

        await session.GetAsync("resource.drain", new { targets = "0", reason = "bad memory" });
        var waiting = await session.SubmitAsync(BrokerSession.Jobspec(["true"]));
        var during = (await session.GetAsync("resource.status", null)).GetProperty("drain").GetProperty("0");
        var state = await session.UntilAsync(waiting, 8);
        await session.GetAsync("resource.undrain", new { targets = "node0" });

        Assert.Empty(before.EnumerateObject());
        Assert.Equal("bad memory", during.GetProperty("reason").GetString());
        Assert.Equal(8, state.GetProperty("state").GetInt32());
        Assert.Equal(1, (await session.UntilAsync(waiting)).GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task What_can_not_be_drained_is_refused_in_the_words_of_flux()
    {
        await using var session = await BrokerSession.StartAsync();

        Assert.Equal((22, "idset is out of range"), await RefusalAsync(session, "drain", new { targets = "99" }));
        Assert.Equal((71, null), await RefusalAsync(session, "drain", new { }));
        Assert.Equal((17, "rank 0 not drained"), await RefusalAsync(session, "undrain", new { targets = "0" }));
        await session.GetAsync("resource.drain", new { targets = "0", reason = "r" });
        Assert.Equal((17, "rank 0 already drained"), await RefusalAsync(session, "drain", new { targets = "0", reason = "again" }));
        await session.GetAsync("resource.drain", new { targets = "0", reason = "better words", mode = "update" });
        await session.GetAsync("resource.drain", new { targets = "0", reason = "both", mode = "overwrite" });
        Assert.Equal((22, "invalid undrain mode 'force' specified"), await RefusalAsync(session, "undrain", new { targets = "0", mode = "force" }));
    }

    [Fact]
    public async Task The_journal_tells_of_it()
    {
        await using var session = await BrokerSession.StartAsync();
        var journal = await session.SendAsync("resource.journal", new { }, MessageFlags.Streaming);
        while (BrokerSession.Json(await session.NextAsync(journal)).GetProperty("events").GetArrayLength() > 0)
        {
        }

        await session.GetAsync("resource.drain", new { targets = "0", reason = "r" });
        await session.GetAsync("resource.undrain", new { targets = "0" });
        var (drain, undrain) = (await NextEventAsync(), await NextEventAsync());
        await session.SendAsync("resource.journal-cancel", new { matchtag = journal }, MessageFlags.NoResponse);

        Assert.Equal("""drain {"idset":"0","nodelist":"node0","reason":"r","overwrite":0}""", drain);
        Assert.Equal("""undrain {"idset":"0","nodelist":"node0","overwrite":0}""", undrain);
        Assert.Equal(61, (await session.NextAsync(journal)).Errnum);

        async Task<string> NextEventAsync()
        {
            var happened = BrokerSession.Json(await session.NextAsync(journal)).GetProperty("events")[0];
            return $"{happened.GetProperty("name").GetString()} {happened.GetProperty("context").GetRawText()}";
        }
    }

    private static async Task<(int Errnum, string? Text)> RefusalAsync(BrokerSession session, string method, object payload)
    {
        var answer = await session.AskAsync($"resource.{method}", payload);
        return (answer.Errnum, BrokerSession.Text(answer));
    }
}
