using FluxRestful.Api.Problems;
using FluxRestful.Core.Jobs.Requests;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>What is wrong with a request to submit, by the members' names.</summary>
internal sealed class OrderErrors
{
    private readonly Dictionary<string, string[]> _byMember = new(StringComparer.Ordinal);

    internal bool Any => _byMember.Count > 0;

    internal IReadOnlyDictionary<string, string[]> ByMember => _byMember;

    internal void Add(string member, string message) =>
        _byMember[member] = _byMember.TryGetValue(member, out var known) ? [.. known, message] : [message];

    internal void Add(JobRequestException wrong, bool isScript) => Add(NameOf(wrong.Field, isScript), wrong.Message);

    internal ProblemResult ToProblem() => ProblemResult.Invalid(_byMember);

    /// <summary>What this API calls a member of a <see cref="JobRequest"/>.</summary>
    private static string NameOf(string field, bool isScript) => field switch
    {
        nameof(JobRequest.Command) when isScript => "arguments",
        nameof(JobRequest.WorkingDirectory) => "cwd",
        nameof(JobRequest.Input) => "stdin",
        nameof(JobRequest.Output) => "stdout",
        nameof(JobRequest.Error) => "stderr",
        "" => "jobspec",
        _ => char.ToLowerInvariant(field[0]) + field[1..],
    };
}
