namespace FluxRestful.Api.Passwords;

/// <summary>
/// Which passwords may be chosen. An operator's eight characters are taken, for what he sets comes from a generator or a mounted secret; whoever chooses for himself
/// needs more. What the settings declare is taken as it is, so that a set-up of flux-restful-api still starts: the server warns.
/// </summary>
internal static class PasswordPolicy
{
    internal const int ShortestOfOperator = 8;
    internal const int ShortestOfOwn = 12;

    private const int FewestCharacters = 4;

    // Without digits and signs at the end, in lower case. What is shorter is refused for that.
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "", "a", "abc", "abcd", "abcde", "abcdef", "abcdefgh", "access", "admin", "adminadmin", "administrator", "asdf", "asdfgh", "asdfghjkl", "baseball", "batman",
        "changeit", "changeme", "charlie", "computer", "default", "donald", "dragon", "flux", "fluxrestful", "flux-restful", "fluxuser", "football", "guest", "hello",
        "helloworld", "iloveyou", "internet", "jordan", "letmein", "login", "loveme", "master", "michael", "monkey", "mustang", "notsecret", "notsecrethoo", "pass",
        "passw0rd", "p@ssw0rd", "p@ssword", "password", "passwordpassword", "princess", "qazwsx", "qazwsxedc", "qwer", "qwert", "qwerty", "qwertyuiop", "root", "secret",
        "secretsecret", "shadow", "starwars", "sunshine", "superman", "superuser", "system", "temp", "test", "testtest", "trustno", "user", "welcome", "whatever", "zxcvbn",
        "zxcvbnm",
    };

    private static readonly HashSet<string> CommonDigits = new(StringComparer.Ordinal)
    {
        "12345678", "123456789", "1234567890", "87654321", "987654321", "0987654321", "11223344", "12341234", "123123123", "00000000", "11111111", "88888888",
    };

    /// <summary>What is wrong with a password that an operator sets for an account; null when nothing is. Never repeats it.</summary>
    internal static string? ProblemOfOperators(string password, string name) =>
        PasswordRules.Problem(password)
        ?? TooShort(password, ShortestOfOperator)
        ?? (Same(password, name) || CommonDigits.Contains(password) || Common.Contains(Lower(password)) ? "this password is among the first that anybody would try" : null);

    /// <summary>What is wrong with a password that somebody chooses for himself; null when nothing is. Never repeats it.</summary>
    internal static string? ProblemOfOwn(string password, string name)
    {
        if ((PasswordRules.Problem(password) ?? TooShort(password, ShortestOfOwn)) is { } problem)
        {
            return problem;
        }

        var stem = Lower(password).TrimEnd([.. "0123456789!?.,;:+-*_#$%&@"]);
        return Common.Contains(stem) || Same(stem, name) || Same(password, name) || password.Distinct().Count() < FewestCharacters
            ? "this password is among the first that anybody would try"
            : null;
    }

    private static string? TooShort(string password, int shortest) =>
        new System.Globalization.StringInfo(password).LengthInTextElements < shortest ? $"a password has at least {shortest} characters" : null;

    private static bool Same(string password, string name) => password.Equals(name, StringComparison.OrdinalIgnoreCase);

#pragma warning disable CA1308 // For comparing with a list, not for showing.
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
