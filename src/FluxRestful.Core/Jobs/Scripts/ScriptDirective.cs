namespace FluxRestful.Core.Jobs.Scripts;

/// <summary>One directive of a script.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Words">Its options, split as a shell does.</param>
internal sealed record ScriptDirective(int Line, IReadOnlyList<string> Words);
