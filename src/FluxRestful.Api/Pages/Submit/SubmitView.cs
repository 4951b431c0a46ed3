using FluxRestful.Api.Pages.Submit.Bounds;
using FluxRestful.Api.Pages.Submit.Sources;
using FluxRestful.Contracts.Jobs.Submitting;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>What the page shows.</summary>
/// <param name="Form">The fields.</param>
/// <param name="Errors">What is wrong, by field; an empty name is the whole.</param>
/// <param name="Bounds">How much may be asked for.</param>
/// <param name="From">The job that this is a copy of.</param>
/// <param name="Check">What would become of it.</param>
/// <param name="Choices">What there is to begin with, and to choose from.</param>
public sealed record SubmitView(
    SubmitForm Form, IReadOnlyDictionary<string, string> Errors, SubmitBounds Bounds, CopiedJob? From, SubmitCheckView? Check, SubmitChoices Choices);

/// <summary>What would become of the job, and how else it could be submitted.</summary>
/// <param name="Errors">What is wrong, by field.</param>
/// <param name="Words">The command as it was understood.</param>
/// <param name="Forecast">Flux's side of it.</param>
/// <param name="Request">The same to the API, and to Flux itself.</param>
/// <param name="Limit">The time limit in seconds.</param>
/// <param name="Script">What the script's directives say.</param>
public sealed record SubmitCheckView(
    IReadOnlyDictionary<string, string> Errors, IReadOnlyList<string> Words, JobDryRun? Forecast, IReadOnlyList<(string Name, string Text)> Request, double? Limit,
    IReadOnlyList<(string Word, string Value)> Script)
{
    /// <summary>How much may be asked for.</summary>
    public SubmitBounds Bounds { get; init; } = SubmitBounds.Unknown;
}

/// <summary>What there is to begin with, and to choose from.</summary>
/// <param name="Site">Presets of the site.</param>
/// <param name="Own">Presets of whoever asks.</param>
/// <param name="Preset">The one that the form was filled from.</param>
/// <param name="Waiting">Jobs that this one could come after.</param>
/// <param name="Queues">Named queues, if the instance has some.</param>
public sealed record SubmitChoices(
    IReadOnlyList<string> Site, IReadOnlyList<string> Own, string? Preset, IReadOnlyList<(string Id, string Name)> Waiting, IReadOnlyList<string> Queues);
