namespace FluxRestful.Api.Pages.Submit.Variables;

/// <summary>A variable as it was typed.</summary>
public readonly record struct EnvironmentRow(string Name, string Value)
{
    internal bool IsEmpty => Name.Length == 0 && Value.Length == 0;
}
