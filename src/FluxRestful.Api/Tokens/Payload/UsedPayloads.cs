using System.Security.Cryptography;
using System.Text;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Tokens;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tokens.Payload;

/// <summary>
/// Encoded payloads that are good once and were: in the database until they are over, so that none comes to life again with a restart or at a replica. Asked only
/// where a payload is good once, beside the work that a password is anyway.
/// </summary>
internal sealed class UsedPayloads(IDbContextFactory<FluxDb> databases, TimeProvider time)
{
    /// <summary>Whoever has used so many that are not over yet must wait until some are: to refuse is safe, to forget is not.</summary>
    internal const int MostOfTenant = 10_000;

    /// <summary>False: it was used before, or the tenant has used too many.</summary>
    /// <param name="what">What tells one payload from another.</param>
    internal async Task<bool> TryAddAsync(int tenantId, string what, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.UsedPayloads.Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        if (await db.UsedPayloads.AnyAsync(row => row.Key == key, cancellationToken)
            || await db.UsedPayloads.CountAsync(row => row.TenantId == tenantId, cancellationToken) >= MostOfTenant)
        {
            return false;
        }

        db.UsedPayloads.Add(new UsedPayload { Key = key, TenantId = tenantId, ExpiresAt = expiresAt });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // The same at the same moment, or the database is in trouble; only the first is an answer.
            db.ChangeTracker.Clear();
            if (await db.UsedPayloads.AnyAsync(row => row.Key == key, cancellationToken))
            {
                return false;
            }

            throw;
        }
    }
}
