namespace FluxRestful.Api.Jobs.Listing;

/// <summary>A number or a text, whichever a column has.</summary>
internal readonly record struct JobSortKey(double Number, string Text) : IComparable<JobSortKey>
{
    public int CompareTo(JobSortKey other)
    {
        var order = Number.CompareTo(other.Number);
        return order != 0 ? order : string.Compare(Text, other.Text, StringComparison.OrdinalIgnoreCase);
    }
}
