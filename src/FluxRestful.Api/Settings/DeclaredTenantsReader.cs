using FluxRestful.Api.Access;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Settings;

/// <summary>
/// Reads <c>Users</c>. A first password stands there itself, in the file that <c>PasswordFile</c> names, or in a file of the tenant's name in
/// <c>Passwords:Directory</c>, as a mounted secret has it.
/// </summary>
internal sealed class DeclaredTenantsReader(IConfiguration configuration, SettingsReader settings)
{
    private const string PasswordDirectory = "Passwords:Directory";

    private static readonly Dictionary<string, Role> Roles = new()
    {
        ["viewer"] = Role.Viewer,
        ["user"] = Role.User,
        ["operator"] = Role.Operator,
        ["superuser"] = Role.Superuser,
    };

    internal IReadOnlyList<DeclaredTenant> Read()
    {
        var users = new List<DeclaredTenant>();
        foreach (var section in configuration.GetSection("Users").GetChildren())
        {
            var name = section["Name"] ?? "";
            if (TenantName.Problem(name) is { } wrongName)
            {
                settings.Complain(section.Path + ":Name", wrongName);
                continue;
            }

            if (users.Exists(user => user.Name == name))
            {
                settings.Complain(section.Path + ":Name", $"'{name}' is declared twice");
                continue;
            }

            var password = settings.Secret(section.Path + ":Password", section.Path + ":PasswordFile") ?? PasswordOfDirectory(name);
            if (password is not null && PasswordRules.Problem(password) is { } wrongPassword)
            {
                settings.Complain(section.Path + ":Password", wrongPassword);
            }

            users.Add(new DeclaredTenant(name, password) { Role = settings.Choice(section.Path + ":Role", Roles), Limits = ReadLimits(section) });
        }

        return users;
    }

    // A name has no '/' and does not begin with a '.': it stays in the directory.
    private string? PasswordOfDirectory(string name)
    {
        if (settings.Text(PasswordDirectory) is not { } directory)
        {
            return null;
        }

        var path = Path.Combine(directory, name);
        return File.Exists(path) ? settings.SecretFile(PasswordDirectory, path) : null;
    }

    private TenantLimits? ReadLimits(IConfigurationSection user)
    {
        var path = user.Path + ":Limits";
        return user.GetSection("Limits").Exists()
            ? new TenantLimits
            {
                ActiveJobs = Limit(path + ":ActiveJobs", 0, 1_000_000),
                QueuedJobs = Limit(path + ":QueuedJobs", 0, 1_000_000),
                Nodes = Limit(path + ":Nodes", 1, 1_000_000),
                Cores = Limit(path + ":Cores", 1, 100_000_000),
                Duration = Limit(path + ":Duration", 1, 1_000_000_000),
                SubmitsPerMinute = Limit(path + ":SubmitsPerMinute", 1, 100_000),
            }
            : null;
    }

    private int? Limit(string name, int least, int most) =>
        settings.Text(name)?.Trim() == "unlimited" ? TenantLimits.Unlimited : settings.Integer(name, least, most);
}
