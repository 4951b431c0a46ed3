using FluxRestful.Api.Storage;

namespace FluxRestful.Tests.Api.Storage;

public sealed class DatabaseFlushTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_who_asks_while_the_disk_is_busy_shares_the_next_flush()
    {
        using var began = new SemaphoreSlim(0);
        using var disk = new SemaphoreSlim(0);
        var flushes = 0;
        var database = new DatabaseFlush(() =>
        {
            Interlocked.Increment(ref flushes);
            began.Release();
            disk.Wait();
        });

        var first = database.FlushAsync(Token);
        await began.WaitAsync(Token);
        var second = database.FlushAsync(Token);
        var third = database.FlushAsync(Token);
        Assert.False(first.IsCompleted);

        disk.Release();
        await first.WaitAsync(Token);
        await began.WaitAsync(Token);
        Assert.False(second.IsCompleted);

        disk.Release();
        await Task.WhenAll(second, third).WaitAsync(Token);
        Assert.Equal(2, flushes);
    }

    [Fact]
    public async Task A_disk_that_fails_is_told_to_who_asked_and_tried_again_for_the_next()
    {
        var broken = true;
        var database = new DatabaseFlush(() =>
        {
            if (broken)
            {
                throw new IOException("no space");
            }
        });

        await Assert.ThrowsAsync<IOException>(() => database.FlushAsync(Token));
        broken = false;
        await database.FlushAsync(Token);
    }

    [Fact]
    public async Task A_database_without_a_log_needs_no_flush()
    {
        var directory = Directory.CreateTempSubdirectory("flux-restful-test-");
        try
        {
            await new DatabaseFlush(DataDirectory.Open(Path.Combine(directory.FullName, "data"))).FlushAsync(Token);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
