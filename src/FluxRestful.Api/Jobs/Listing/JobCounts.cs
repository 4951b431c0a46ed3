using FluxRestful.Api.Jobs.Index;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>How many jobs there are in each group.</summary>
internal sealed record JobCounts(int Pending, int Running, int Completed, int Failed, int Canceled, int Timeout)
{
    public int Total => Pending + Running + Completed + Failed + Canceled + Timeout;

    public static JobCounts Of(Func<JobGroup, int> count) => new(
        count(JobGroup.Pending), count(JobGroup.Running), count(JobGroup.Completed), count(JobGroup.Failed), count(JobGroup.Canceled), count(JobGroup.Timeout));
}
