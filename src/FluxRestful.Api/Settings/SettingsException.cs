namespace FluxRestful.Api.Settings;

/// <summary>The server cannot start as it is set up. The message is for the one who runs it and names each variable or setting.</summary>
internal sealed class SettingsException(string message) : Exception(message);
