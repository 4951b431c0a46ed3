namespace FluxRestful.Api.Storage.Presets;

/// <summary>A form that a tenant saved, to begin with it again.</summary>
internal sealed class SubmitPreset
{
    public int TenantId { get; init; }

    public required string Name { get; init; }

    /// <summary>A JSON object: what stood in the fields, by their names.</summary>
    public required string Form { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}
