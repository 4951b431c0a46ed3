using FluxRestful.Api.Hosting;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Tokens;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Revocation;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tokens.Sessions;

/// <summary>
/// Refresh tokens (RFC 9700, 4.14): each is good once and gives the next. One that comes a second time was stolen, from whomever: its whole
/// family ends, with the access tokens had from it. A token names its family, so that a family is one row however often it was refreshed.
/// </summary>
internal sealed partial class RefreshTokens(
    IDbContextFactory<FluxDb> databases, TenantDirectory tenants, SignOut signOut, ServerOptions server, TokenOptions options, TimeProvider time,
    ILogger<RefreshTokens> logger)
{
    internal const string Prefix = "frr_";

    /// <summary>Beyond these the oldest of the tenant ends.</summary>
    internal const int MostOfTenant = 100;

    // 131 bits: known to nobody but who holds one of its tokens.
    private const int FamilyLength = 22;

    /// <summary>A new sign-in.</summary>
    internal async Task<RefreshedSession> StartAsync(TenantRow tenant, string? scopes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = TokenText.Random(FamilyLength);
        var token = New(id);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TokenFamilies.Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        var beyond = await db.TokenFamilies.Where(row => row.TenantId == tenant.Id)
            .OrderByDescending(row => row.CreatedAt).Skip(MostOfTenant - 1).Select(row => row.Id).ToListAsync(cancellationToken);
        await db.TokenFamilies.Where(row => beyond.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        db.TokenFamilies.Add(new TokenFamily
        {
            Id = id,
            TenantId = tenant.Id,
            Stamp = tenant.Stamp,
            Hash = TokenText.Hash(token),
            Scopes = scopes,
            CreatedAt = now,
            ExpiresAt = now.AddDays(options.SessionDays),
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RefreshedSession(tenant, token, id, scopes);
    }

    /// <summary>Null: not good, or not any more.</summary>
    internal async Task<RefreshedSession?> RefreshAsync(string token, CancellationToken cancellationToken)
    {
        if (!IsWellFormed(token))
        {
            return null;
        }

        var id = FamilyOf(token);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.TokenFamilies.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } family
            || family.ExpiresAt <= time.GetUtcNow()
            || await tenants.FindAsync(family.TenantId, cancellationToken) is not { IsDisabled: false } tenant
            || tenant.Stamp != family.Stamp)
        {
            return null;
        }

        var (hash, next) = (TokenText.Hash(token), New(id));
        var nextHash = TokenText.Hash(next);
        // Of two that come with the same token at the same moment, one finds it used.
        if (await db.TokenFamilies.Where(row => row.Id == id && row.Hash == hash)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Hash, nextHash), cancellationToken) == 1)
        {
            return new RefreshedSession(tenant, next, id, family.Scopes);
        }

        UsedTwice(tenant.Name);
        // Whoever goes away must not keep it from ending.
        await EndAsync(family, CancellationToken.None);
        return null;
    }

    /// <summary>Ends the family of a refresh token, also of one that was used. False: there is none.</summary>
    internal async Task<bool> EndAsync(string token, CancellationToken cancellationToken)
    {
        if (!IsWellFormed(token))
        {
            return false;
        }

        var id = FamilyOf(token);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.TokenFamilies.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } family)
        {
            return false;
        }

        await EndAsync(family, cancellationToken);
        return true;
    }

    internal static bool IsWellFormed(string token) => TokenText.IsWellFormed(token, Prefix, FamilyLength + TokenText.SecretLength);

    private static string FamilyOf(string token) => token.Substring(Prefix.Length, FamilyLength);

    private static string New(string family) => TokenText.WithCheck(Prefix + family + TokenText.Random(TokenText.SecretLength));

    private async Task EndAsync(TokenFamily family, CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            await db.TokenFamilies.Where(row => row.Id == family.Id).ExecuteDeleteAsync(cancellationToken);
        }

        // Until the last access token that it may have given is over.
        await signOut.RevokeAsync(family.Id, family.TenantId, time.GetUtcNow().AddMinutes(server.AccessTokenMinutes), cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "A refresh token of {Tenant} came a second time: somebody else has it, or had it. Its sign-in has ended.")]
    private partial void UsedTwice(string tenant);
}
