using System.Globalization;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Tokens;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tokens.Personal;

/// <summary>Makes, lists and revokes personal tokens; the routes and the admin verbs come here.</summary>
internal sealed class PersonalTokens(
    IDbContextFactory<FluxDb> databases, PersonalTokenDirectory directory, PersonalTokenUses uses, AuditLog audit, UnseenThings unseen, TokenOptions options, TimeProvider time)
{
    /// <summary>The token, which nobody can be shown again; null: the tenant has as many as it may.</summary>
    internal async Task<(PersonalTokenRecord Row, string Token)?> CreateAsync(
        int tenantId, string name, IEnumerable<string> scopes, IEnumerable<string> networks, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var token = PersonalToken.New();
        var row = new PersonalTokenRecord
        {
            TenantId = tenantId,
            Name = name,
            Hash = TokenText.Hash(token),
            Scopes = string.Join(' ', scopes),
            Networks = string.Join(' ', networks),
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Writers wait for each other from here on: no two of them count the same place as free.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.PersonalTokens.Where(one => one.TenantId == tenantId && one.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        if (await db.PersonalTokens.CountAsync(one => one.TenantId == tenantId, cancellationToken) >= options.MostPersonal)
        {
            return null;
        }

        db.PersonalTokens.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await audit.RecordAsync(audit.Origin(), AuditAction.TokenMake, Target(row), AuditResult.Done, row.Scopes, cancellationToken);
        return (row, token);
    }

    internal async Task<List<PersonalTokenRecord>> ListAsync(int tenantId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.PersonalTokens.AsNoTracking().Where(row => row.TenantId == tenantId).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        rows.ForEach(row => row.LastUsedAt = uses.Last(row.Id) ?? row.LastUsedAt);
        return rows;
    }

    /// <summary>At once. False: the tenant has no such token.</summary>
    internal async Task<bool> RevokeAsync(int tenantId, int tokenId, CancellationToken cancellationToken)
    {
        var isRevoked = await RevokeAsync(row => row.Where(token => token.TenantId == tenantId && token.Id == tokenId), cancellationToken);
        if (!isRevoked)
        {
            await unseen.NoteAsync(string.Create(CultureInfo.InvariantCulture, $"token {tokenId}"), "no such token of this account", cancellationToken);
        }

        return isRevoked;
    }

    /// <summary>By whoever holds it, be it its finder.</summary>
    internal Task<bool> RevokeAsync(string token, CancellationToken cancellationToken)
    {
        var hash = TokenText.Hash(token);
        return RevokeAsync(rows => rows.Where(row => row.Hash == hash), cancellationToken);
    }

    private async Task<bool> RevokeAsync(Func<IQueryable<PersonalTokenRecord>, IQueryable<PersonalTokenRecord>> which, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await which(db.PersonalTokens.AsNoTracking()).SingleOrDefaultAsync(cancellationToken) is not { } row
            || await db.PersonalTokens.Where(token => token.Id == row.Id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        directory.Forget();
        await audit.RecordAsync(AuditAction.TokenRevoke, Target(row), AuditResult.Done, cancellationToken);
        return true;
    }

    private static string Target(PersonalTokenRecord row) => string.Create(CultureInfo.InvariantCulture, $"{row.Id} {row.Name}");
}
