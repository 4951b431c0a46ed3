namespace FluxRestful.Api.Admin;

/// <summary>Where a verb says what it did, and what went wrong.</summary>
internal sealed record VerbOutput(TextWriter Output, TextWriter Errors)
{
    internal async Task<int> DoneAsync(string message)
    {
        await Output.WriteLineAsync(message);
        return AdminVerbs.Done;
    }

    internal async Task<int> FailAsync(string problem)
    {
        await Errors.WriteLineAsync(problem);
        return AdminVerbs.Failed;
    }

    internal async Task<int> MisuseAsync(string problem)
    {
        await Errors.WriteLineAsync($"{problem}; try help");
        return AdminVerbs.Misused;
    }
}
