using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Storage.Past;

internal static class PastModel
{
    internal static void AddPast(this ModelBuilder modelBuilder) => modelBuilder.Entity<EndedJob>(job =>
    {
        job.HasKey(row => new { row.JobId, row.Submitted });
        // By it they are loaded, counted and trimmed.
        job.HasIndex(row => row.Ended);
        job.Property(row => row.RequestId).HasMaxLength(32);
        job.Property(row => row.Owner).HasMaxLength(80);
    });
}
