using System.Text.Json;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Presets;
using FluxRestful.Api.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Presets;

/// <summary>Filled-in forms that can be begun with: those of the site, and those that whoever asks has saved. Nobody sees another's.</summary>
internal sealed class SubmitPresets(IDbContextFactory<FluxDb> databases, CurrentTenant tenant, IOptions<PresetOptions> options, TimeProvider time)
{
    internal const int Most = 50;
    internal const int LongestName = 80;
    internal const int LargestForm = 64 * 1024;

    internal IReadOnlyList<string> Site => [.. options.Value.All.Select(preset => preset.Name)];

    internal async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.SubmitPresets.Where(row => row.TenantId == tenant.Id).OrderBy(row => row.Name).Select(row => row.Name).ToListAsync(cancellationToken);
    }

    /// <summary>The fields of one; one's own goes before the site's. Null: there is none of that name.</summary>
    internal async Task<IReadOnlyDictionary<string, string>?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.SubmitPresets.Where(row => row.TenantId == tenant.Id && row.Name == name).Select(row => row.Form).FirstOrDefaultAsync(cancellationToken) is { } form
            ? JsonSerializer.Deserialize(form, PresetJson.Default.DictionaryStringString)
            : options.Value.All.FirstOrDefault(preset => preset.Name == name)?.Fields;
    }

    /// <summary>Keeps a form under a name, in the place of what had that name; what speaks against it, if anything does.</summary>
    internal async Task<string?> SaveAsync(string name, IEnumerable<(string Name, string Value)> fields, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            return $"A preset has a name of 1 to {LongestName} letters.";
        }

        var form = JsonSerializer.Serialize(
            fields.Where(field => field.Value.Length > 0).ToDictionary(field => field.Name, field => field.Value), PresetJson.Default.DictionaryStringString);
        if (form.Length > LargestForm)
        {
            return "This is too much for a preset: 64 KiB.";
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.SubmitPresets.FirstOrDefaultAsync(row => row.TenantId == tenant.Id && row.Name == name, cancellationToken);
        if (known is null && await db.SubmitPresets.CountAsync(row => row.TenantId == tenant.Id, cancellationToken) >= Most)
        {
            return $"You have {Most} presets already.";
        }

        if (known is null)
        {
            db.SubmitPresets.Add(known = new SubmitPreset { TenantId = tenant.Id, Name = name, Form = form });
        }

        (known.Form, known.ChangedAt) = (form, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    internal async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.SubmitPresets.Where(row => row.TenantId == tenant.Id && row.Name == name).ExecuteDeleteAsync(cancellationToken);
    }
}
