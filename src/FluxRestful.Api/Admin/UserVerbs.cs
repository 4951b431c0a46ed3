using System.Globalization;
using FluxRestful.Api.Access;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Admin;

/// <summary>The verbs about accounts.</summary>
internal sealed class UserVerbs(TenantAccounts accounts, TextReader input, TextWriter output, TextWriter errors)
{
    internal async Task<int> AddAsync(string name, string? given, Role role, CancellationToken cancellationToken)
    {
        if (TenantName.Problem(name) is { } problem)
        {
            return await FailAsync(problem);
        }

        if (await ChooseAsync(given, cancellationToken) is not { } password)
        {
            return AdminVerbs.Failed;
        }

        if (!await accounts.AddAsync(name, password, role, cancellationToken))
        {
            return await FailAsync($"there is a user '{name}' already");
        }

        await output.WriteLineAsync(given is null ? $"Adding '{name}' with password '{password}'" : $"Adding '{name}'");
        return AdminVerbs.Done;
    }

    internal async Task<int> SetPasswordAsync(string name, string? given, CancellationToken cancellationToken)
    {
        if (await ChooseAsync(given, cancellationToken) is not { } password)
        {
            return AdminVerbs.Failed;
        }

        if (!await accounts.SetPasswordAsync(name, password, cancellationToken))
        {
            return await NobodyAsync();
        }

        await output.WriteLineAsync(given is null ? $"'{name}' has the password '{password}'" : $"'{name}' has a new password");
        return AdminVerbs.Done;
    }

    internal async Task<int> SetDisabledAsync(string name, bool isDisabled, CancellationToken cancellationToken)
    {
        if (!await accounts.SetDisabledAsync(name, isDisabled, cancellationToken))
        {
            return await NobodyAsync();
        }

        await output.WriteLineAsync($"'{name}' is {(isDisabled ? "disabled" : "enabled")}");
        return AdminVerbs.Done;
    }

    internal async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        var tenants = await accounts.ListAsync(cancellationToken);
        var width = tenants.Select(tenant => tenant.Name.Length).DefaultIfEmpty(4).Max();
        foreach (var tenant in tenants)
        {
            var kind = tenant.Role.ToString().ToLowerInvariant() + (tenant.IsDisabled ? ", disabled" : "");
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{tenant.Name.PadRight(width)}  {tenant.CreatedAt:yyyy-MM-dd HH:mm}  {kind}"));
        }

        return AdminVerbs.Done;
    }

    // Null: it was said what is wrong.
    private async Task<string?> ChooseAsync(string? given, CancellationToken cancellationToken)
    {
        var password = given switch
        {
            null => GeneratedPassword.New(),
            "-" => await input.ReadLineAsync(cancellationToken) ?? "",
            _ => given,
        };
        if (PasswordRules.Problem(password) is not { } problem)
        {
            return password;
        }

        await FailAsync(problem);
        return null;
    }

    // The name is not repeated: what was given in its place may be a password.
    private Task<int> NobodyAsync() => FailAsync("there is no such user");

    private async Task<int> FailAsync(string problem)
    {
        await errors.WriteLineAsync(problem);
        return AdminVerbs.Failed;
    }
}
