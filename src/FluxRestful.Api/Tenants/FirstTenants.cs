using FluxRestful.Api.Access;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Tenants;

/// <summary>
/// Makes the accounts that the settings ask for and that are not there yet: the superuser, and the declared tenants, which get their declared roles and limits at every
/// start. Who was deleted stays so: a declaration does not know that somebody had to go.
/// </summary>
internal sealed class FirstTenants(TenantAccounts accounts, ServerOptions options)
{
    /// <summary>A generated password is printed here and nowhere else, this once.</summary>
    internal async Task EnsureAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var known = (await accounts.ListAsync(cancellationToken)).Select(tenant => tenant.Name).ToHashSet(StringComparer.Ordinal);
        var deleted = await accounts.ListDeletedAsync(cancellationToken);
        await MakeAsync(new DeclaredTenant(options.FluxUser, options.FluxToken), Role.Superuser);
        foreach (var tenant in options.Users)
        {
            await MakeAsync(tenant, tenant.Role ?? Role.User);
        }

        async Task MakeAsync(DeclaredTenant tenant, Role role)
        {
            if (known.Contains(tenant.Name))
            {
                await KeepAsync(tenant, cancellationToken);
                return;
            }

            if (deleted.Contains(tenant.Name))
            {
                await output.WriteLineAsync($"'{tenant.Name}' was deleted and is not made again; add-user does that");
                return;
            }

            var password = tenant.Password ?? GeneratedPassword.New();
            var result = await accounts.AddAsync(new NewTenant(tenant.Name, role) { Limits = tenant.Limits ?? TenantLimits.None }, password, cancellationToken);
            if (result.IsDone && tenant.Password is null)
            {
                await output.WriteLineAsync($"Adding '{tenant.Name}' with password '{password}'");
            }

            known.Add(tenant.Name);
        }
    }

    private async Task KeepAsync(DeclaredTenant tenant, CancellationToken cancellationToken)
    {
        if (tenant is { Role: null, Limits: null })
        {
            return;
        }

        var change = new TenantChange { Role = tenant.Role, Limits = tenant.Limits is { } limits ? _ => limits : null };
        if ((await accounts.ChangeAsync(tenant.Name, change, actor: null, seen: null, cancellationToken)).Outcome == AccountOutcome.LastSuperuser)
        {
            throw new SettingsException($"Users: '{tenant.Name}' is the last superuser and cannot become {RoleName.Of(tenant.Role ?? Role.User)}");
        }
    }
}
