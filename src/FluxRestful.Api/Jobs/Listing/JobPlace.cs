namespace FluxRestful.Api.Jobs.Listing;

/// <summary>Where a job stands in an order: no two are in one place.</summary>
internal readonly record struct JobPlace(JobSortKey Key, ulong Id) : IComparable<JobPlace>
{
    public int CompareTo(JobPlace other)
    {
        var order = Key.CompareTo(other.Key);
        return order != 0 ? order : Id.CompareTo(other.Id);
    }
}
