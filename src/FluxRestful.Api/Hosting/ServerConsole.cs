namespace FluxRestful.Api.Hosting;

/// <summary>Where the server says what is meant for the one who started it and for no log: the banner, and first passwords.</summary>
internal sealed record ServerConsole(TextWriter Output);
