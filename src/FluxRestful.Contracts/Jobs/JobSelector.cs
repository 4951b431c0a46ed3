namespace FluxRestful.Contracts.Jobs;

/// <summary>Which jobs are meant; what is not said fits all. The list's own filters.</summary>
/// <param name="State">Any of these: depend, priority, sched, run, cleanup, inactive, or pending, running, active, or completed, failed, canceled, timeout.</param>
/// <param name="Result">Any of these: completed, failed, canceled, timeout.</param>
/// <param name="Name">The whole name; <c>*</c> stands for anything.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Node">A host that the job has or had.</param>
/// <param name="Since">Submitted then or later: a time such as 2026-01-31T12:00:00Z, or seconds since 1970.</param>
/// <param name="Until">Submitted before.</param>
/// <param name="Text">Words, each to be found in name, command, tags, owner, queue, hosts, directory or exception, in any case; a phrase stands in quotation marks. Or the job's id.</param>
/// <param name="Owner">The tenant, for those who see everybody's jobs.</param>
/// <param name="Scope">mine or all, for those who see everybody's jobs.</param>
/// <param name="Tag">One of its tags.</param>
public sealed record JobSelector(
    IReadOnlyList<string>? State = null,
    IReadOnlyList<string>? Result = null,
    string? Name = null,
    string? Queue = null,
    string? Node = null,
    string? Since = null,
    string? Until = null,
    string? Text = null,
    string? Owner = null,
    string? Scope = null,
    string? Tag = null);
