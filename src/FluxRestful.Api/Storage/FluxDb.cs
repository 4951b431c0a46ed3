using FluxRestful.Api.Storage.Cluster;
using FluxRestful.Api.Storage.Past;
using FluxRestful.Api.Storage.Presets;
using FluxRestful.Api.Storage.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FluxRestful.Api.Storage;

/// <summary>What outlives the server: its tenants, whose jobs are whose, and who did what.</summary>
internal sealed class FluxDb(DbContextOptions<FluxDb> options) : DbContext(options)
{
    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<SubmittedJob> SubmittedJobs => Set<SubmittedJob>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    public DbSet<AuditRecord> AuditRecords => Set<AuditRecord>();

    public DbSet<TokenFamily> TokenFamilies => Set<TokenFamily>();

    public DbSet<RevokedToken> RevokedTokens => Set<RevokedToken>();

    public DbSet<PersonalTokenRecord> PersonalTokens => Set<PersonalTokenRecord>();

    public DbSet<BrowserSession> BrowserSessions => Set<BrowserSession>();

    public DbSet<UsedPayload> UsedPayloads => Set<UsedPayload>();

    public DbSet<SubmitPreset> SubmitPresets => Set<SubmitPreset>();

    public DbSet<OutsideIdentity> OutsideIdentities => Set<OutsideIdentity>();

    public DbSet<ClusterSample> ClusterSamples => Set<ClusterSample>();

    public DbSet<Announcement> Announcements => Set<Announcement>();

    public DbSet<EndedJob> EndedJobs => Set<EndedJob>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Tenant>(tenant =>
        {
            tenant.HasIndex(row => row.Name).IsUnique();
            tenant.Property(row => row.Name).HasMaxLength(80);
            tenant.Property(row => row.FormerName).HasMaxLength(64);
            tenant.HasIndex(row => row.FormerName);
            tenant.Property(row => row.PasswordHash).HasMaxLength(128);
            tenant.Property(row => row.Stamp).HasMaxLength(32);
            tenant.ComplexProperty(row => row.Limits);
            // Who was deleted is gone for everybody but those who ask for the deleted.
            tenant.HasQueryFilter(row => row.DeletedAt == null);
        });
        modelBuilder.Entity<SubmittedJob>(job =>
        {
            job.HasKey(row => row.RequestId);
            job.Property(row => row.RequestId).HasMaxLength(32);
            // A broker that starts afresh hands out job ids anew: not unique.
            job.HasIndex(row => row.JobId);
            job.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<IdempotencyKey>(key =>
        {
            key.HasKey(row => new { row.TenantId, row.Route, row.Key });
            key.Property(row => row.Route).HasMaxLength(256);
            key.Property(row => row.Key).HasMaxLength(255);
            key.Property(row => row.Fingerprint).HasMaxLength(64);
            key.Property(row => row.Attempt).HasMaxLength(32);
            key.HasIndex(row => row.CreatedAt);
            key.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<AuditRecord>(entry => entry.HasIndex(row => new { row.IsRoutine, row.Id }));
        modelBuilder.Entity<ClusterSample>(sample => sample.HasKey(row => new { row.Step, row.At }));
        modelBuilder.Entity<Announcement>(said =>
        {
            said.Property(row => row.Id).ValueGeneratedNever();
            said.Property(row => row.Text).HasMaxLength(500);
            said.Property(row => row.By).HasMaxLength(80);
        });
        modelBuilder.Entity<SubmitPreset>(preset =>
        {
            preset.HasKey(row => new { row.TenantId, row.Name });
            preset.Property(row => row.Name).HasMaxLength(80);
            preset.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.AddTokens();
        modelBuilder.AddPast();
    }

    // SQLite has no type for a moment; as text it would neither sort nor compare.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        moment => moment.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}
