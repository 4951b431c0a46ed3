using System.Text.Json;

namespace FluxRestful.Contracts.Jobs;

/// <summary>An entry of a job's event log (RFC 18).</summary>
/// <param name="Timestamp">Seconds since 1970.</param>
/// <param name="Name">What happened.</param>
/// <param name="Context">What else there is to know.</param>
public sealed record JobLogEntry(double Timestamp, string Name, JsonElement? Context = null);
