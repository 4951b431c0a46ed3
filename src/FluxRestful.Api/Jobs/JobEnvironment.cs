using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs;

/// <summary>
/// The environment that a job gets: exactly this and what its tenant asked for. Never anything of the server's own, in which there may be secrets.
/// </summary>
internal sealed class JobEnvironment(UnixAccount account, IOptions<JobOptions> options)
{
    /// <summary>Where a job runs whose tenant names no directory.</summary>
    public string Home => account.Home;

    public Dictionary<string, string> With(IEnumerable<KeyValuePair<string, string>> asked)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = account.Home,
            ["USER"] = account.Name,
            ["LOGNAME"] = account.Name,
            ["SHELL"] = account.Shell,
            ["PATH"] = options.Value.Path,
            ["LANG"] = options.Value.Lang,
        };
        foreach (var (name, value) in asked)
        {
            environment[name] = value;
        }

        return environment;
    }
}
