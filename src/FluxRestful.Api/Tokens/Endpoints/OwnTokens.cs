using System.Globalization;
using System.Net;
using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Personal;
using FluxRestful.Contracts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Tokens.Endpoints;

/// <summary><c>/api/v1/account/tokens</c>: a tenant and its own personal tokens.</summary>
internal static class OwnTokens
{
    private static readonly ProblemResult NoSuchToken = new(ProblemType.NotFound, "There is no such token.");

    /// <summary>The tenant's personal tokens.</summary>
    internal static async Task<Ok<PersonalTokenList>> List(CurrentTenant tenant, PersonalTokens tokens, CancellationToken cancellationToken) =>
        TypedResults.Ok(PersonalTokenInfos.Of(await tokens.ListAsync(tenant.Id, cancellationToken)));

    /// <summary>Makes a personal token. The answer is the only place where it is shown.</summary>
    /// <remarks>It is sent as <c>Authorization: Bearer</c>, or as the password with the tenant's name. A token cannot make tokens.</remarks>
    internal static async Task<Results<Created<CreatedPersonalToken>, ProblemResult>> Create(
        HttpContext context, NewPersonalToken wanted, CurrentTenant tenant, PersonalTokens tokens, TokenOptions options, CancellationToken cancellationToken)
    {
        if (Check(wanted, tenant, options) is { Count: > 0 } errors)
        {
            return ProblemResult.Invalid(errors);
        }

        if (await tokens.CreateAsync(
            tenant.Id,
            wanted.Name,
            wanted.Scopes.Distinct(),
            (wanted.Networks ?? []).Select(network => IPNetwork.Parse(network).ToString()),
            TimeSpan.FromDays(wanted.ExpiresInDays),
            cancellationToken) is not { } made)
        {
            return new ProblemResult(ProblemType.Conflict, $"A tenant may have {options.MostPersonal} personal tokens; revoke one first.");
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/account/tokens/{made.Row.Id}"), new CreatedPersonalToken(made.Token, PersonalTokenInfos.Of(made.Row)));
    }

    /// <summary>Revokes one of the tenant's personal tokens, at once.</summary>
    /// <param name="id">As the list has it.</param>
    internal static async Task<Results<NoContent, ProblemResult>> Revoke(int id, CurrentTenant tenant, PersonalTokens tokens, CancellationToken cancellationToken) =>
        await tokens.RevokeAsync(tenant.Id, id, cancellationToken) ? TypedResults.NoContent() : NoSuchToken;

    private static Dictionary<string, string[]> Check(NewPersonalToken wanted, CurrentTenant tenant, TokenOptions options)
    {
        var errors = new Dictionary<string, string[]>();
        if (wanted.Name.Length is 0 or > 64 || wanted.Name.Any(char.IsControl))
        {
            errors["name"] = ["1 to 64 characters, none of them a control character."];
        }

        if (wanted.Scopes.Count == 0 || wanted.Scopes.Except(Rights.Scopes).Any())
        {
            errors["scopes"] = [$"One or more of: {string.Join(", ", Rights.Scopes)}."];
        }
        else if (wanted.Scopes.FirstOrDefault(scope => !tenant.HasUseOf(scope)) is { } useless)
        {
            errors["scopes"] = [$"You may do nothing of {useless}, and a token of yours neither."];
        }

        if (wanted.ExpiresInDays < 1 || wanted.ExpiresInDays > options.LongestPersonalDays)
        {
            errors["expiresInDays"] = [$"1 to {options.LongestPersonalDays}."];
        }

        if (wanted.Networks is { } networks && (networks.Count > 16 || networks.Any(network => !IPNetwork.TryParse(network, out _))))
        {
            errors["networks"] = ["At most 16 CIDR blocks as 10.1.0.0/16 or 2001:db8::/32."];
        }

        return errors;
    }
}
