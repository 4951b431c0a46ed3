using System.IO.Pipelines;
using FluxRestful.EmbeddedBroker.Tasks;

namespace FluxRestful.Tests.EmbeddedBroker;

public sealed class TaskInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_to_a_task_that_reads_no_more_is_taken_until_its_sender_closes_it()
    {
        var pipe = new Pipe();
        var input = new TaskInput(pipe.Writer.AsStream());
        await pipe.Reader.CompleteAsync();
        await pipe.Writer.CompleteAsync(new IOException("The task has ended."));
        Assert.True(input.Offer("lost"u8.ToArray()));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await ended.CancelAsync();
        await input.Run(ended.Token);

        Assert.True(input.IsOpen);
        Assert.True(input.Offer("lost too"u8.ToArray()));
        input.Close();
        Assert.False(input.IsOpen);
    }
}
