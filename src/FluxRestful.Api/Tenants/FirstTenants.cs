using FluxRestful.Api.Access;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Passwords;

namespace FluxRestful.Api.Tenants;

/// <summary>Makes the accounts that the settings ask for and that are not there yet: the superuser, and the declared tenants.</summary>
internal sealed class FirstTenants(TenantAccounts accounts, ServerOptions options)
{
    /// <summary>A generated password is printed here and nowhere else, this once.</summary>
    internal async Task EnsureAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var known = (await accounts.ListAsync(cancellationToken)).Select(tenant => tenant.Name).ToHashSet(StringComparer.Ordinal);
        await EnsureAsync(options.FluxUser, options.FluxToken, Role.Superuser);
        foreach (var tenant in options.Users)
        {
            await EnsureAsync(tenant.Name, tenant.Password, Role.User);
        }

        async Task EnsureAsync(string name, string? password, Role role)
        {
            if (known.Contains(name))
            {
                return;
            }

            var chosen = password ?? GeneratedPassword.New();
            if (await accounts.AddAsync(name, chosen, role, cancellationToken) && password is null)
            {
                await output.WriteLineAsync($"Adding '{name}' with password '{chosen}'");
            }
        }
    }
}
