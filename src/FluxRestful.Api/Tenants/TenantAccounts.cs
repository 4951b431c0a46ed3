using System.Security.Cryptography;
using FluxRestful.Api.Access;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tenants;

/// <summary>Makes and changes accounts; the start of the server, the admin verbs and the routes all come here.</summary>
internal sealed class TenantAccounts(IDbContextFactory<FluxDb> databases, PasswordHasher hasher, TenantDirectory directory, TenantWriter writer, LastSeen seen, AuditLog audit, TimeProvider time)
{
    /// <summary>False: there is one of that name.</summary>
    /// <exception cref="ArgumentException">The name or the password is not one.</exception>
    internal async Task<bool> AddAsync(string name, string password, Role role, CancellationToken cancellationToken) =>
        (await AddAsync(new NewTenant(name, role), password, cancellationToken)).IsDone;

    /// <exception cref="ArgumentException">The name or the password is not one.</exception>
    internal Task<AccountResult> AddAsync(NewTenant account, string password, CancellationToken cancellationToken) =>
        InsertAsync(account, AuditAction.TenantAdd, () => hasher.Hash(password), cancellationToken);

    /// <summary>An account whose password is known by its hash only.</summary>
    /// <exception cref="ArgumentException">The name is not one.</exception>
    internal Task<AccountResult> ImportAsync(NewTenant account, string passwordHash, CancellationToken cancellationToken) =>
        InsertAsync(account, AuditAction.TenantImport, () => passwordHash, cancellationToken);

    /// <summary>The old password, and every token that was had with it, end here. False: there is no such tenant.</summary>
    internal async Task<bool> SetPasswordAsync(string name, string password, CancellationToken cancellationToken) =>
        (await SetPasswordAsync(name, password, mustChange: false, seen: null, cancellationToken)).IsDone;

    /// <param name="name">Whose.</param>
    /// <param name="password">The new one.</param>
    /// <param name="mustChange">It is good for choosing another and for nothing else.</param>
    /// <param name="seen">The entity tag of what the asker saw.</param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    internal Task<AccountResult> SetPasswordAsync(string name, string password, bool mustChange, string? seen, CancellationToken cancellationToken)
    {
        var hash = hasher.Hash(password);
        return writer.WriteAsync(
            name, AuditAction.PasswordSet, null, tenant => (tenant.PasswordHash, tenant.Stamp, tenant.MustChangePassword) = (hash, NewStamp(), mustChange), null, seen, cancellationToken);
    }

    internal async Task<bool> SetDisabledAsync(string name, bool isDisabled, CancellationToken cancellationToken) =>
        (await ChangeAsync(name, new TenantChange { IsDisabled = isDisabled }, null, null, cancellationToken)).IsDone;

    /// <param name="name">Whose account.</param>
    /// <param name="change">What to change.</param>
    /// <param name="actor">Who wants it; null for whoever holds the machine.</param>
    /// <param name="seen">The entity tag of what the asker saw.</param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    internal Task<AccountResult> ChangeAsync(string name, TenantChange change, int? actor, string? seen, CancellationToken cancellationToken) =>
        writer.WriteAsync(name, change.Action, change.Detail, change.ApplyTo, actor, seen, cancellationToken);

    internal async Task<Tenant?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Tenants.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancellationToken) is { } tenant ? WithLastSeen([tenant])[0] : null;
    }

    internal async Task<List<Tenant>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return WithLastSeen(await db.Tenants.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellationToken));
    }

    /// <summary>Some accounts, by name.</summary>
    internal async Task<List<Tenant>> PageAsync(string? after, Role? role, bool? isDisabled, int most, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return WithLastSeen(await db.Tenants.AsNoTracking()
            .Where(row => (after == null || row.Name.CompareTo(after) > 0) && (role == null || row.Role == role) && (isDisabled == null || row.IsDisabled == isDisabled))
            .OrderBy(row => row.Name)
            .Take(most)
            .ToListAsync(cancellationToken));
    }

    /// <summary>The names of accounts that were deleted and not made again.</summary>
    internal async Task<List<string>> ListDeletedAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Tenants.IgnoreQueryFilters().Where(row => row.FormerName != null).Select(row => row.FormerName!).Distinct().ToListAsync(cancellationToken);
    }

    private async Task<AccountResult> InsertAsync(NewTenant account, AuditAction action, Func<string> hash, CancellationToken cancellationToken)
    {
        if (TenantName.Problem(account.Name) is { } problem)
        {
            throw new ArgumentException(problem, nameof(account));
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Tenants.AnyAsync(row => row.Name == account.Name, cancellationToken))
        {
            return new(AccountOutcome.Taken);
        }

        var tenant = new Tenant
        {
            Name = account.Name,
            PasswordHash = hash(),
            Stamp = NewStamp(),
            Role = account.Role,
            IsDisabled = account.IsDisabled,
            MustChangePassword = account.MustChangePassword,
            Limits = account.Limits,
            IsSuccessor = await db.Tenants.IgnoreQueryFilters().AnyAsync(row => row.FormerName == account.Name, cancellationToken),
            // As it will be read.
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        db.Tenants.Add(tenant);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            directory.Forget();
            await audit.RecordAsync(audit.Origin(), action, tenant.Name, AuditResult.Done, $"role={RoleName.Of(tenant.Role)}", cancellationToken);
            return new(AccountOutcome.Done, tenant);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody else was faster, or the database is in trouble; the second must not look like the first.
            db.ChangeTracker.Clear();
            if (await db.Tenants.AnyAsync(row => row.Name == account.Name, cancellationToken))
            {
                return new(AccountOutcome.Taken);
            }

            throw;
        }
    }

    // The database knows of the last minute only afterwards.
    private List<Tenant> WithLastSeen(List<Tenant> tenants)
    {
        tenants.ForEach(tenant => tenant.LastSeenAt = seen.OfTenant(tenant.Id) ?? tenant.LastSeenAt);
        return tenants;
    }

    private static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
