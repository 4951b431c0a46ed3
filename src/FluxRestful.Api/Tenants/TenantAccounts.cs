using System.Security.Cryptography;
using FluxRestful.Api.Access;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tenants;

/// <summary>Makes and changes accounts; the start of the server, the admin verbs and the routes all come here.</summary>
internal sealed class TenantAccounts(IDbContextFactory<FluxDb> databases, PasswordHasher hasher, TenantDirectory directory, AuditLog audit, TimeProvider time)
{
    /// <summary>False: there is one of that name.</summary>
    /// <exception cref="ArgumentException">The name or the password is not one.</exception>
    internal async Task<bool> AddAsync(string name, string password, Role role, CancellationToken cancellationToken)
    {
        if (TenantName.Problem(name) is { } problem)
        {
            throw new ArgumentException(problem, nameof(name));
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Tenants.AnyAsync(row => row.Name == name, cancellationToken))
        {
            return false;
        }

        db.Tenants.Add(new Tenant
        {
            Name = name,
            PasswordHash = hasher.Hash(password),
            Stamp = NewStamp(),
            Role = role,
            CreatedAt = time.GetUtcNow(),
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await audit.RecordAsync(audit.Origin(), AuditAction.TenantAdd, name, AuditResult.Done, $"role={role}".ToLowerInvariant(), cancellationToken);
            return true;
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody else was faster, or the database is in trouble; the second must not look like the first.
            db.ChangeTracker.Clear();
            if (await db.Tenants.AnyAsync(row => row.Name == name, cancellationToken))
            {
                return false;
            }

            throw;
        }
    }

    /// <summary>The old password, and every token that was had with it, end here. False: there is no such tenant.</summary>
    internal Task<bool> SetPasswordAsync(string name, string password, CancellationToken cancellationToken)
    {
        var hash = hasher.Hash(password);
        return ChangeAsync(name, AuditAction.PasswordSet, tenant => (tenant.PasswordHash, tenant.Stamp) = (hash, NewStamp()), cancellationToken);
    }

    internal Task<bool> SetDisabledAsync(string name, bool isDisabled, CancellationToken cancellationToken) =>
        ChangeAsync(name, isDisabled ? AuditAction.TenantDisable : AuditAction.TenantEnable, tenant => tenant.IsDisabled = isDisabled, cancellationToken);

    internal async Task<List<Tenant>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Tenants.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    private async Task<bool> ChangeAsync(string name, AuditAction action, Action<Tenant> change, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Tenants.SingleOrDefaultAsync(row => row.Name == name, cancellationToken) is not { } tenant)
        {
            return false;
        }

        change(tenant);
        await db.SaveChangesAsync(cancellationToken);
        directory.Forget();
        await audit.RecordAsync(action, name, AuditResult.Done, cancellationToken);
        return true;
    }

    private static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
