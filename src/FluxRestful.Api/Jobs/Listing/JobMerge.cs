using FluxRestful.Api.Jobs.Index;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>Runs of jobs in one order of ids made one.</summary>
internal static class JobMerge
{
    public static IEnumerable<JobEntry> ById(IReadOnlyList<IEnumerable<JobEntry>> runs, bool descending)
    {
        var heads = runs.Select(run => run.GetEnumerator()).ToList();
        try
        {
            heads.RemoveAll(Ended);
            while (heads.Count > 0)
            {
                var first = heads[0];
                foreach (var head in heads)
                {
                    if (descending ? head.Current.Record.Id > first.Current.Record.Id : head.Current.Record.Id < first.Current.Record.Id)
                    {
                        first = head;
                    }
                }

                yield return first.Current;
                if (Ended(first))
                {
                    heads.Remove(first);
                }
            }
        }
        finally
        {
            heads.ForEach(head => head.Dispose());
        }
    }

    private static bool Ended(IEnumerator<JobEntry> run)
    {
        if (run.MoveNext())
        {
            return false;
        }

        run.Dispose();
        return true;
    }
}
