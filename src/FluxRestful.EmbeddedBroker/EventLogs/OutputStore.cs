using FluxRestful.EmbeddedBroker.Jobs;

namespace FluxRestful.EmbeddedBroker.EventLogs;

/// <summary>The bound on all output together. When it is reached, the job that ended first gives up its output.</summary>
internal sealed class OutputStore(long limit, TimeProvider time)
{
    private readonly LinkedList<Job> _ended = new();
    private readonly Dictionary<Job, LinkedListNode<Job>> _places = [];
    private long _kept;

    /// <summary>False if only running jobs are left to take from.</summary>
    public bool TryKeep(int size)
    {
        while (_kept + size > limit && _ended.First is { } oldest)
        {
            GiveUp(oldest.Value);
        }

        if (_kept + size > limit)
        {
            return false;
        }

        _kept += size;
        return true;
    }

    public void Ended(Job job) => _places[job] = _ended.AddLast(job);

    /// <summary>The job keeps no output any more: to make room, or because it is purged.</summary>
    public void GiveUp(Job job)
    {
        if (!_places.Remove(job, out var place))
        {
            return;
        }

        _ended.Remove(place);
        _kept = Math.Max(0, _kept - CostOf(job));
        if (job.Output.Exists)
        {
            job.Output.Replace(LogLine.Encode(time.Now(), "log", writer =>
            {
                writer.WriteNumber("rank", 0);
                writer.WriteNumber("level", 3);
                writer.WriteString("message", "output dropped: this broker keeps the output of the latest jobs only");
                writer.WriteString("file", "shell.c");
                writer.WriteNumber("line", 0);
            }));
        }
    }

    private static long CostOf(Job job) => job.Output.Bytes + (48L * job.Output.Count);
}
