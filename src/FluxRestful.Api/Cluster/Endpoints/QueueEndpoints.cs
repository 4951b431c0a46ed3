using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Cluster;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Cluster.Endpoints;

/// <summary><c>/api/v1/queues</c>.</summary>
internal static class QueueEndpoints
{
    internal static void MapQueues(this RouteGroupBuilder cluster)
    {
        var queues = cluster.MapGroup("/queues");
        queues.MapGet("", ListQueues).Requires(Permission.ClusterRead);
        queues.MapGet("/{name}", GetQueue).Requires(Permission.ClusterRead).Answers(ProblemType.NotFound);
        queues.MapPost("/{name}/start", Start).Requires(Permission.ClusterControl).Answers(ProblemType.NotFound, ProblemType.Refused);
        queues.MapPost("/{name}/stop", Stop).Requires(Permission.ClusterControl).Answers(ProblemType.InvalidRequest, ProblemType.NotFound, ProblemType.Refused);
        queues.MapPost("/{name}/enable", Enable).Requires(Permission.ClusterControl).Answers(ProblemType.NotFound, ProblemType.Refused);
        queues.MapPost("/{name}/disable", Disable).Requires(Permission.ClusterControl).Answers(ProblemType.InvalidRequest, ProblemType.NotFound, ProblemType.Refused);
    }

    /// <summary>The queues: which take jobs in, which let them run, and how many are in each.</summary>
    internal static async Task<Ok<QueueList>> ListQueues(ClusterReader cluster, CancellationToken cancellationToken) =>
        TypedResults.Ok(new QueueList((await cluster.ReadAsync(cancellationToken)).Queues));

    /// <summary>One queue.</summary>
    /// <param name="name">The queue; <c>default</c> where none has a name.</param>
    internal static async Task<Results<Ok<Queue>, ProblemResult>> GetQueue(string name, ClusterReader cluster, CancellationToken cancellationToken) =>
        (await cluster.ReadAsync(cancellationToken)).Queues.FirstOrDefault(queue => queue.Name == name) is { } queue ? TypedResults.Ok(queue) : Unknown(name);

    /// <summary>Lets the queue's jobs have resources.</summary>
    /// <param name="name">The queue; <c>default</c> where none has a name.</param>
    internal static async Task<Results<NoContent, ProblemResult>> Start(string name, ClusterControl control, CancellationToken cancellationToken) =>
        await control.SetStartedAsync(name, null, cancellationToken) ? TypedResults.NoContent() : Unknown(name);

    /// <summary>Gives the queue's jobs no resources. Those that run go on, and new ones are taken in.</summary>
    /// <param name="name">The queue; <c>default</c> where none has a name.</param>
    internal static async Task<Results<NoContent, ProblemResult>> Stop(string name, QueueReason why, ClusterControl control, CancellationToken cancellationToken) =>
        Problem(why) is { } problem ? problem
        : await control.SetStartedAsync(name, why.Reason, cancellationToken) ? TypedResults.NoContent() : Unknown(name);

    /// <summary>Lets the queue take jobs in.</summary>
    /// <param name="name">The queue; <c>default</c> where none has a name.</param>
    internal static async Task<Results<NoContent, ProblemResult>> Enable(string name, ClusterControl control, CancellationToken cancellationToken) =>
        await control.SetEnabledAsync(name, null, cancellationToken) ? TypedResults.NoContent() : Unknown(name);

    /// <summary>Lets the queue take no jobs in: submits to it are refused with the reason.</summary>
    /// <param name="name">The queue; <c>default</c> where none has a name.</param>
    internal static async Task<Results<NoContent, ProblemResult>> Disable(string name, QueueReason why, ClusterControl control, CancellationToken cancellationToken) =>
        Problem(why) is { } problem ? problem
        : await control.SetEnabledAsync(name, why.Reason, cancellationToken) ? TypedResults.NoContent() : Unknown(name);

    private static ProblemResult? Problem(QueueReason why) =>
        string.IsNullOrWhiteSpace(why.Reason) ? ProblemResult.Invalid("reason", "A reason is needed.")
        : why.Reason.Length > 1024 ? ProblemResult.Invalid("reason", "At most 1,024 characters.")
        : null;

    private static ProblemResult Unknown(string name) => new(ProblemType.NotFound, $"There is no queue '{name}'.");
}
