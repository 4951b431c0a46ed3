using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Network;

/// <summary>Says at the start what of <see cref="NetworkOptions"/> cannot be meant.</summary>
internal sealed class NetworkOptionsValidator : IValidateOptions<NetworkOptions>
{
    public ValidateOptionsResult Validate(string? name, NetworkOptions options)
    {
        var problems = new List<string>();
        problems.AddRange(options.KnownProxies.Where(proxy => !Proxies.TryParse(proxy, out _))
            .Select(proxy => $"Network:KnownProxies: '{proxy}' is neither an address nor a network"));
        problems.AddRange(options.AllowedHosts.Where(host => !HostFilter.IsPattern(host))
            .Select(host => $"Network:AllowedHosts: '{host}' is neither a name nor '*.' and a name, without a port"));
        problems.AddRange(options.AllowedOrigins.Where(origin => !IsOrigin(origin))
            .Select(origin => $"Network:AllowedOrigins: '{origin}' is no origin as https://portal.example.org, without a path; there is no wildcard"));
        if (options.PathBase is { Length: > 0 } path && (path[0] != '/' || path.Length < 2 || path[^1] == '/'))
        {
            problems.Add($"Network:PathBase: '{path}' does not begin with a slash, or ends with one");
        }

        problems.AddRange(new[] { ("CertificateFile", options.CertificateFile), ("CertificateKeyFile", options.CertificateKeyFile) }
            .Where(file => file.Item2 is not null && !File.Exists(file.Item2))
            .Select(file => $"Network:{file.Item1}: there is no file {file.Item2}"));
        if (options is { CertificateKeyFile: not null, CertificateFile: null })
        {
            problems.Add("Network:CertificateKeyFile: there is a key and no CertificateFile");
        }

        if (options.HstsDays is < 0 or > 3650)
        {
            problems.Add("Network:HstsDays: it is not a number from 0 to 3650");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && !text.Contains('*', StringComparison.Ordinal)
        && string.Equals(text, uri.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
}
