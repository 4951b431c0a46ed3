using System.Security.Cryptography;
using FluxRestful.Api.Hosting;
using Bcrypt = BCrypt.Net.BCrypt;

namespace FluxRestful.Api.Passwords;

/// <summary>BCrypt with this server's work factor. Slow on purpose: nothing but <see cref="PasswordSignIn"/> and the making of accounts calls it.</summary>
internal sealed class PasswordHasher(ServerOptions options)
{
    // What is verified for a name nobody has, so that its answer takes as long.
    private readonly Lazy<string> _nobodysHash = new(() => Bcrypt.HashPassword(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), options.PasswordCost));

    internal string NobodysHash => _nobodysHash.Value;

    internal string Hash(string password) => PasswordRules.Problem(password) is { } problem
        ? throw new ArgumentException(problem, nameof(password))
        : Bcrypt.HashPassword(password, options.PasswordCost);

    /// <summary>Made with less work than passwords get now: by an older setting, or by another program.</summary>
    internal bool IsWeak(string hash)
    {
        try
        {
            return Bcrypt.PasswordNeedsRehash(hash, options.PasswordCost);
        }
        catch (Exception failure) when (failure is BCrypt.Net.HashInformationException or BCrypt.Net.SaltParseException or ArgumentException or FormatException)
        {
            return false;
        }
    }

    /// <summary>False also for a hash that is none: such an account cannot be signed in to.</summary>
    internal static bool Verify(string password, string hash)
    {
        try
        {
            return PasswordRules.Problem(password) is null && Bcrypt.Verify(password, hash);
        }
        catch (Exception failure) when (failure is BCrypt.Net.SaltParseException or ArgumentException or FormatException)
        {
            return false;
        }
    }
}
