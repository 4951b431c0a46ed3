using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FluxRestful.Api.Storage;

/// <summary>What outlives the server: its tenants, and whose jobs are whose.</summary>
internal sealed class FluxDb(DbContextOptions<FluxDb> options) : DbContext(options)
{
    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<SubmittedJob> SubmittedJobs => Set<SubmittedJob>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Tenant>(tenant =>
        {
            tenant.HasIndex(row => row.Name).IsUnique();
            tenant.Property(row => row.Name).HasMaxLength(64);
            tenant.Property(row => row.PasswordHash).HasMaxLength(128);
            tenant.Property(row => row.Stamp).HasMaxLength(32);
        });
        modelBuilder.Entity<SubmittedJob>(job =>
        {
            job.HasKey(row => row.RequestId);
            job.Property(row => row.RequestId).HasMaxLength(32);
            // A broker that starts afresh hands out job ids anew: not unique.
            job.HasIndex(row => row.JobId);
            job.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    // SQLite has no type for a moment; as text it would neither sort nor compare.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        moment => moment.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}
