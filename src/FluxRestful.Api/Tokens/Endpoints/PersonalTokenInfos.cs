using FluxRestful.Api.Storage.Tokens;
using FluxRestful.Contracts.Tokens;

namespace FluxRestful.Api.Tokens.Endpoints;

internal static class PersonalTokenInfos
{
    internal static PersonalTokenList Of(IEnumerable<PersonalTokenRecord> rows) => new([.. rows.Select(Of)]);

    internal static PersonalTokenInfo Of(PersonalTokenRecord row) =>
        new(row.Id, row.Name, Words(row.Scopes), Words(row.Networks), row.CreatedAt, row.ExpiresAt, row.LastUsedAt);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
