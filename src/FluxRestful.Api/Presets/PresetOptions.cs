using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Presets;

/// <summary>What the submit form offers to begin with: section <c>Presets</c> of appsettings.json. A site that names some offers those, and not the usual ones.</summary>
internal sealed class PresetOptions
{
    public const string Section = "Presets";

    private static readonly List<SitePreset> Usual =
    [
        new() { Name = "hello world", Fields = { ["command"] = "echo 'hello world'", ["timeLimit"] = "5" } },
        new() { Name = "MPI", Fields = { ["command"] = "./my-mpi-program", ["shape"] = "nodes", ["nodes"] = "2", ["tasksPerNode"] = "4", ["timeLimit"] = "30", ["shellOptions"] = "mpi=none" } },
        new() { Name = "GPU", Fields = { ["command"] = "nvidia-smi", ["gpus"] = "1", ["timeLimit"] = "30" } },
        new() { Name = "array", Fields = { ["command"] = "sh -c 'echo this is part $FLUX_JOB_CC'", ["copies"] = "10", ["timeLimit"] = "10" } },
    ];

    /// <summary>Empty: the usual ones.</summary>
    public List<SitePreset> Site { get; } = [];

    internal IReadOnlyList<SitePreset> All => Site.Count > 0 ? Site : Usual;
}

/// <summary>A name, and what stands in the form's fields, by their names there.</summary>
internal sealed class SitePreset
{
    public string Name { get; set; } = "";

    public Dictionary<string, string> Fields { get; } = [];
}

internal sealed class PresetOptionsValidator : IValidateOptions<PresetOptions>
{
    public ValidateOptionsResult Validate(string? name, PresetOptions options) => options.Site.Exists(preset => preset.Name.Trim().Length == 0)
        ? ValidateOptionsResult.Fail("Presets:Site: each preset has a Name.")
        : ValidateOptionsResult.Success;
}
