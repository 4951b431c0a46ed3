using System.Security.Cryptography;

namespace FluxRestful.Api.Passwords;

/// <summary>A password nobody chose: 24 letters and digits, about 142 bits.</summary>
internal static class GeneratedPassword
{
    internal static string New() =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 24);
}
