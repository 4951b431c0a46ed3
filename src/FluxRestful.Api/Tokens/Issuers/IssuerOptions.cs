using System.Diagnostics.CodeAnalysis;
using System.Net;
using FluxRestful.Api.Access;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Tokens.Issuers;

/// <summary>Another issuer whose tokens are taken: one of <c>Tokens:Issuers</c>.</summary>
/// <param name="Issuer">As <c>iss</c> has it, letter by letter; discovery starts here.</param>
/// <param name="Audience">What <c>aud</c> must contain.</param>
/// <param name="NameClaim">The claim that the tenant's name is made of.</param>
/// <param name="Prefix">What comes before it.</param>
/// <param name="CreateAs">The role of a tenant that is made at first sight; null: whoever is not known is not let in.</param>
/// <param name="LinkExisting">A tenant that is here already, by that name, is taken to be the issuer's; never a superuser.</param>
internal sealed record IssuerOptions(string Issuer, string Audience, string NameClaim, string Prefix, Role? CreateAs, bool LinkExisting)
{
    private static readonly Dictionary<string, Role> Roles = new()
    {
        ["viewer"] = Role.Viewer,
        ["user"] = Role.User,
        ["operator"] = Role.Operator,
    };

    internal static IReadOnlyList<IssuerOptions> ReadAll(IConfigurationSection section, SettingsReader settings)
    {
        var issuers = new List<IssuerOptions>();
        foreach (var one in section.GetChildren())
        {
            var issuer = new IssuerOptions(
                settings.Text(one.Path + ":Issuer") ?? "",
                settings.Text(one.Path + ":Audience") ?? "",
                settings.Text(one.Path + ":NameClaim") ?? "preferred_username",
                // Empty is a choice, unset is not.
                one["Prefix"] ?? "oidc-",
                settings.Choice(one.Path + ":CreateAs", Roles),
                settings.Boolean(one.Path + ":LinkExisting") ?? false);
            if (!IsSafe(issuer.Issuer, out _))
            {
                settings.Complain(one.Path + ":Issuer", "an https address is needed; http on a loopback address only");
            }

            if (issuers.Exists(other => other.Issuer == issuer.Issuer))
            {
                settings.Complain(one.Path + ":Issuer", "it is there twice");
            }

            if (issuer.Audience.Length == 0)
            {
                settings.Complain(one.Path + ":Audience", "it is needed: a token for another service is none for this");
            }

            if (issuer.Prefix.Length > 0 && TenantName.Problem(issuer.Prefix) is { } problem)
            {
                settings.Complain(one.Path + ":Prefix", problem);
            }

            issuers.Add(issuer);
        }

        return issuers;
    }

    /// <summary>Nobody on the way can put keys of his own there.</summary>
    internal static bool IsSafe(string? address, [NotNullWhen(true)] out Uri? uri) =>
        Uri.TryCreate(address, UriKind.Absolute, out uri) && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri)));

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
