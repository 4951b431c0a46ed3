using System.Globalization;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace FluxRestful.Api.Settings;

/// <summary>Reads settings by name and collects every complaint, so that one start tells all that is wrong. An empty value is an unset one.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private const int LongestSecretFile = 64 * 1024;

    private readonly List<string> _problems = [];
    private readonly List<string> _secretsInEnvironment = [];
    private readonly List<string> _openSecretFiles = [];

    internal IReadOnlyList<string> SecretsInEnvironment => _secretsInEnvironment;

    internal IReadOnlyList<string> OpenSecretFiles => _openSecretFiles;

    internal string? Text(string name) => configuration[name] is { Length: > 0 } value ? value : null;

    internal bool? Boolean(string name)
    {
        switch (Text(name)?.Trim().ToLowerInvariant())
        {
            case null: return null;
            case "true" or "1" or "yes" or "on": return true;
            case "false" or "0" or "no" or "off": return false;
            default:
                Complain(name, $"'{Text(name)}' is neither true, 1, yes, on nor false, 0, no, off");
                return null;
        }
    }

    internal int? Integer(string name, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Complain(name, $"'{text}' is not a whole number from {least} to {most}");
        return null;
    }

    internal T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (choices.TryGetValue(text.Trim().ToLowerInvariant(), out var choice))
        {
            return choice;
        }

        Complain(name, $"'{text}' is none of {string.Join(", ", choices.Keys)}");
        return null;
    }

    /// <summary>The content of the file that <c>NAME_FILE</c> names, else <c>NAME</c> itself. Never repeated in a complaint.</summary>
    internal string? Secret(string name) => Secret(name, name + "_FILE");

    internal string? Secret(string name, string fileName)
    {
        if (Text(fileName) is { } path)
        {
            return SecretFile(fileName, path);
        }

        var value = Text(name);
        if (value is not null && CameThroughEnvironment(name))
        {
            _secretsInEnvironment.Add(name);
        }

        return value;
    }

    internal void Complain(string name, string problem) => _problems.Add($"{name}: {problem}");

    internal void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new SettingsException(string.Join(Environment.NewLine, _problems));
        }
    }

    internal string? SecretFile(string name, string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > LongestSecretFile)
            {
                Complain(name, $"{path} is longer than {LongestSecretFile} bytes");
                return null;
            }

            using var reader = new StreamReader(file);
            var secret = reader.ReadToEnd().TrimEnd('\r', '\n');
            if (secret.Length == 0)
            {
                Complain(name, $"{path} is empty");
                return null;
            }

            if ((File.GetUnixFileMode(file.SafeFileHandle) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
            {
                _openSecretFiles.Add(path);
            }

            return secret;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Complain(name, $"{path} cannot be read: {failure.Message}");
            return null;
        }
    }

    // The last provider that knows a key is the one whose value counts.
    private bool CameThroughEnvironment(string name) =>
        configuration is IConfigurationRoot root
        && root.Providers.LastOrDefault(provider => provider.TryGet(name, out _)) is EnvironmentVariablesConfigurationProvider;
}
