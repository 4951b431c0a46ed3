namespace FluxRestful.Api.Pages.Ansi;

/// <summary>A piece of a line that looks the same from end to end.</summary>
/// <param name="Text">What is read; it is text and nothing else, whatever it looks like.</param>
/// <param name="Classes">How it looks; empty: plain.</param>
/// <param name="Link">Where it leads: http or https, or nowhere.</param>
public sealed record AnsiSpan(string Text, string Classes, string? Link);
