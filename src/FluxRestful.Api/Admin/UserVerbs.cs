using System.Globalization;
using FluxRestful.Api.Access;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Departures;

namespace FluxRestful.Api.Admin;

/// <summary>The verbs about accounts. Their rules are those of <c>/api/v1/users</c>, but that whoever holds the machine is nobody's account.</summary>
internal sealed class UserVerbs(TenantAccounts accounts, TenantDepartures departures, TextReader input, VerbOutput output)
{
    /// <summary>The exit code; null if this is no verb about accounts, or has other operands.</summary>
    internal async Task<int?> TryRunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var limits = LimitOptions.Read(line.Options, out var badLimit);
        var role = line.Options.ContainsKey("superuser") ? "superuser" : line.Options.GetValueOrDefault("role");
        if (badLimit is not null || (role is not null && RoleName.Parse(role) is null))
        {
            return await output.MisuseAsync(badLimit ?? $"'{role}' is none of {RoleName.Choices}");
        }

        var mustChange = line.Options.ContainsKey("must-change");
        return (line.Verb, line.Operands) switch
        {
            ("list-users", []) => await ListAsync(cancellationToken),
            ("show-user", [var name]) => await ShowAsync(name, cancellationToken),
            ("add-user", [var name]) => await AddAsync(name, null, role, mustChange, limits, cancellationToken),
            ("add-user", [var name, var password]) => await AddAsync(name, password, role, mustChange, limits, cancellationToken),
            ("set-password", [var name]) => await SetPasswordAsync(name, null, mustChange, cancellationToken),
            ("set-password", [var name, var password]) => await SetPasswordAsync(name, password, mustChange, cancellationToken),
            ("reset-password", [var name]) => await SetPasswordAsync(name, null, true, cancellationToken),
            ("set-role", [var name, var to]) => await SetRoleAsync(name, to, cancellationToken),
            ("set-limits", [var name]) => await SetLimitsAsync(name, limits, cancellationToken),
            ("disable-user", [var name]) => await SetDisabledAsync(name, true, cancellationToken),
            ("enable-user", [var name]) => await SetDisabledAsync(name, false, cancellationToken),
            ("delete-user", [var name]) => await DeleteAsync(name, line.Options.GetValueOrDefault("jobs"), cancellationToken),
            ("import-users", [var file]) => await new ImportVerb(accounts, output).RunAsync(file, cancellationToken),
            _ => null,
        };
    }

    private async Task<int> AddAsync(
        string name, string? given, string? role, bool mustChange, Func<TenantLimits, TenantLimits> limits, CancellationToken cancellationToken)
    {
        if (TenantName.Problem(name) is { } problem)
        {
            return await output.FailAsync(problem);
        }

        if (await ChooseAsync(name, given, cancellationToken) is not { } password)
        {
            return AdminVerbs.Failed;
        }

        var account = new NewTenant(name, role is null ? Role.User : RoleName.Parse(role)!.Value) { MustChangePassword = mustChange, Limits = limits(TenantLimits.None) };
        return (await accounts.AddAsync(account, password, cancellationToken)).IsDone
            ? await output.DoneAsync(given is null ? $"Adding '{name}' with password '{password}'" : $"Adding '{name}'")
            : await output.FailAsync($"there is a user '{name}' already");
    }

    private async Task<int> SetPasswordAsync(string name, string? given, bool mustChange, CancellationToken cancellationToken) =>
        await ChooseAsync(name, given, cancellationToken) is not { } password ? AdminVerbs.Failed
        : await SayAsync(
            await accounts.SetPasswordAsync(name, password, mustChange, seen: null, cancellationToken),
            given is null ? $"'{name}' has the password '{password}'" : $"'{name}' has a new password");

    private async Task<int> SetRoleAsync(string name, string to, CancellationToken cancellationToken) => RoleName.Parse(to) is { } role
        ? await ChangeAsync(name, new TenantChange { Role = role }, $"'{name}' is {to}", cancellationToken)
        : await output.MisuseAsync($"'{to}' is none of {RoleName.Choices}");

    private Task<int> SetLimitsAsync(string name, Func<TenantLimits, TenantLimits> limits, CancellationToken cancellationToken) =>
        ChangeAsync(name, new TenantChange { Limits = limits }, null, cancellationToken);

    private Task<int> SetDisabledAsync(string name, bool isDisabled, CancellationToken cancellationToken) =>
        ChangeAsync(name, new TenantChange { IsDisabled = isDisabled }, $"'{name}' is {(isDisabled ? "disabled" : "enabled")}", cancellationToken);

    // A verb sees no jobs: what becomes of them must be said.
    private async Task<int> DeleteAsync(string name, string? jobs, CancellationToken cancellationToken) => jobs is "cancel" or "leave"
        ? await SayAsync(
            await departures.DeleteAsync(name, jobs == "cancel", actor: null, seen: null, cancellationToken),
            $"'{name}' is deleted" + (jobs == "cancel" ? "; the running server cancels its jobs within seconds, or a stopped one when it starts" : ""))
        : await output.MisuseAsync("say what becomes of jobs that have not ended: --jobs cancel or --jobs leave");

    private async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        var tenants = await accounts.ListAsync(cancellationToken);
        var width = tenants.Select(tenant => tenant.Name.Length).DefaultIfEmpty(4).Max();
        foreach (var tenant in tenants)
        {
            await output.DoneAsync(Describe(tenant, width));
        }

        return AdminVerbs.Done;
    }

    private async Task<int> ShowAsync(string name, CancellationToken cancellationToken) =>
        await accounts.FindAsync(name, cancellationToken) is { } tenant ? await output.DoneAsync(Describe(tenant, name.Length)) : await NobodyAsync();

    private static string Describe(Tenant tenant, int width)
    {
        var kind = RoleName.Of(tenant.Role) + (tenant.IsDisabled ? ", disabled" : "") + (tenant.MustChangePassword ? ", must change password" : "");
        var limits = LimitOptions.Describe(tenant.Limits);
        var seen = tenant.LastSeenAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm}") : "never seen      ";
        return string.Create(CultureInfo.InvariantCulture, $"{tenant.Name.PadRight(width)}  {tenant.CreatedAt:yyyy-MM-dd HH:mm}  {seen}  {kind}{(limits.Length > 0 ? "  " : "")}{limits}");
    }

    private async Task<int> ChangeAsync(string name, TenantChange change, string? message, CancellationToken cancellationToken)
    {
        var result = await accounts.ChangeAsync(name, change, actor: null, seen: null, cancellationToken);
        return await SayAsync(result, message ?? (result.Tenant is { } tenant ? Describe(tenant, name.Length) : ""));
    }

    private Task<int> SayAsync(AccountResult result, string message) => result.Outcome switch
    {
        AccountOutcome.Done => output.DoneAsync(message),
        AccountOutcome.LastSuperuser => output.FailAsync("this is the last superuser who can sign in; make another one first"),
        _ => NobodyAsync(),
    };

    // Null: it was said what is wrong.
    private async Task<string?> ChooseAsync(string name, string? given, CancellationToken cancellationToken)
    {
        if (given is null)
        {
            return GeneratedPassword.New();
        }

        var password = given == "-" ? await input.ReadLineAsync(cancellationToken) ?? "" : given;
        if (PasswordPolicy.ProblemOfOperators(password, name) is not { } problem)
        {
            return password;
        }

        await output.FailAsync(problem);
        return null;
    }

    // The name is not repeated: what was given in its place may be a password.
    private Task<int> NobodyAsync() => output.FailAsync("there is no such user");
}
