using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Storage.Tokens;

/// <summary>How tokens are stored. All of them go with their tenant.</summary>
internal static class TokenModel
{
    internal static void AddTokens(this ModelBuilder model)
    {
        model.Entity<TokenFamily>(family =>
        {
            family.Property(row => row.Id).HasMaxLength(32);
            family.Property(row => row.Stamp).HasMaxLength(32);
            family.Property(row => row.Hash).HasMaxLength(64);
            family.Property(row => row.Scopes).HasMaxLength(256);
            family.HasIndex(row => row.TenantId);
            family.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RevokedToken>(revoked =>
        {
            revoked.Property(row => row.Key).HasMaxLength(32);
            revoked.HasIndex(row => row.TenantId);
            revoked.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<PersonalTokenRecord>(token =>
        {
            token.HasIndex(row => row.Hash).IsUnique();
            token.Property(row => row.Name).HasMaxLength(64);
            token.Property(row => row.Hash).HasMaxLength(64);
            token.Property(row => row.Scopes).HasMaxLength(256);
            token.Property(row => row.Networks).HasMaxLength(1024);
            token.HasIndex(row => row.TenantId);
            token.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<BrowserSession>(session =>
        {
            session.HasIndex(row => row.Key).IsUnique();
            session.Property(row => row.Key).HasMaxLength(32);
            session.Property(row => row.Stamp).HasMaxLength(32);
            session.Property(row => row.Address).HasMaxLength(64);
            session.Property(row => row.Agent).HasMaxLength(64);
            session.HasIndex(row => row.TenantId);
            session.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<UsedPayload>(payload =>
        {
            payload.HasKey(row => row.Key);
            payload.Property(row => row.Key).HasMaxLength(64);
            payload.HasIndex(row => row.TenantId);
            payload.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<OutsideIdentity>(identity =>
        {
            identity.Property(row => row.Issuer).HasMaxLength(512);
            identity.Property(row => row.Subject).HasMaxLength(256);
            identity.HasIndex(row => new { row.Issuer, row.Subject }).IsUnique();
            identity.HasIndex(row => row.TenantId);
            identity.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
