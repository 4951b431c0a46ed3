using FluxRestful.Core.Jobs.Requests;

namespace FluxRestful.Core.Jobs.Scripts;

/// <summary>A line of a script that can not be read.</summary>
internal sealed class ScriptException(int line, string message) : Exception(message)
{
    internal JobRequestException ToRequestException() => new(nameof(JobRequest.Script), $"Line {line}: {Message}");
}
