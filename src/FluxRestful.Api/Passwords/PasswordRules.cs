using System.Text;

namespace FluxRestful.Api.Passwords;

/// <summary>What BCrypt can tell apart. It reads 72 bytes and stops at a NUL; beyond that two passwords would be one, so there is no beyond.</summary>
internal static class PasswordRules
{
    internal const int LongestInBytes = 72;

    /// <summary>What is wrong with a password; null when nothing is. Never repeats it.</summary>
    internal static string? Problem(string password)
    {
        if (password.Length == 0)
        {
            return "a password cannot be empty";
        }

        if (password.Contains('\0', StringComparison.Ordinal))
        {
            return "a password cannot contain a NUL character";
        }

        return Encoding.UTF8.GetByteCount(password) > LongestInBytes ? $"a password cannot be longer than {LongestInBytes} bytes" : null;
    }
}
