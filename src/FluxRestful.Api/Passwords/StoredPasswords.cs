using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Passwords;

/// <summary>Gives a hash of less work than is wanted now the work that is wanted, when its password is at hand. Nobody's tokens end with it.</summary>
internal sealed partial class StoredPasswords(
    IDbContextFactory<FluxDb> databases, PasswordHasher hasher, PasswordGate gate, TenantDirectory directory, ILogger<StoredPasswords> logger)
{
    /// <summary>The new hash; null if the old one is good enough, if there is too much to do, or if the password has been changed meanwhile.</summary>
    internal async Task<string?> StrengthenAsync(TenantRow tenant, string password)
    {
        if (!hasher.IsWeak(tenant.PasswordHash))
        {
            return null;
        }

        string? hash = null;
        if (await gate.RunAsync(() => (hash = hasher.Hash(password)) is not null) is not true)
        {
            return null;
        }

        try
        {
            // The right password was given: whoever gave it comes in, whatever the database does now.
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            var rows = await db.Tenants
                .Where(row => row.Id == tenant.Id && row.PasswordHash == tenant.PasswordHash)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, hash), CancellationToken.None);
            directory.Forget();
            return rows == 1 ? hash : null;
        }
        catch (Exception failure) when (failure is DbUpdateException or System.Data.Common.DbException)
        {
            NotStrengthened(tenant.Name, failure);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The password hash of {Tenant} could not be renewed")]
    private partial void NotStrengthened(string tenant, Exception failure);
}
