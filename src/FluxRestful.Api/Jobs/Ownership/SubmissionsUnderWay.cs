using System.Collections.Concurrent;

namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>
/// The submits that have no answer yet. The journal shows a job before its submit is answered (surprise 17): from here the index knows whose it is
/// without asking the database, and the submit waits here until the index has it, so that whoever submits can read at once.
/// </summary>
internal sealed class SubmissionsUnderWay
{
    private readonly ConcurrentDictionary<Guid, Submission> _submissions = new();

    public Submission Begin(Guid request, int tenantId, long generation) => _submissions[request] = new Submission(tenantId, generation);

    public void End(Guid request) => _submissions.TryRemove(request, out _);

    /// <summary>A submit that the broker did not answer stays here until the link over which it was asked is lost: what the journal shows after that is all there is.</summary>
    public void EndDoubtsBefore(long generation)
    {
        foreach (var old in _submissions.Where(one => one.Value.Generation < generation))
        {
            _submissions.TryRemove(old);
        }
    }

    public IEnumerable<KeyValuePair<Guid, Submission>> All => _submissions;

    public Submission? Find(Guid request) => _submissions.GetValueOrDefault(request);
}
