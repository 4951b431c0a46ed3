using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Jobs.Output;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Api.Jobs.Submitting;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Contracts;
using FluxRestful.Core.Rpc;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Broker;

/// <summary>
/// What an HTTP client is told when the broker said no, or nothing, or could not be asked for want of something here, be it the database: the one place where errnos become
/// statuses, for every face.
/// </summary>
/// <param name="Type">The kind of problem; it has the HTTP status.</param>
/// <param name="Detail">In words; Flux's own where it gave some.</param>
/// <param name="RetryAfter">When asking again may help.</param>
/// <param name="Limit">The account's limit that was in the way.</param>
internal sealed record BrokerProblem(ProblemType Type, string Detail, TimeSpan? RetryAfter = null, LimitUse? Limit = null)
{
    // SQLITE_BUSY, SQLITE_LOCKED
    private const int Locked = 5;
    private const int LockedHere = 6;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Null if the failure has nothing to do with the broker's jobs. An errno alone does not say what it means: EPERM from a submit is a jobspec that the validator
    /// refuses (surprise 35), and an unknown job is 2 here and 22 there (surprise 36).
    /// </summary>
    public static BrokerProblem? Of(Exception failure) => failure switch
    {
        BrokerRefusedException => new(ProblemType.BrokerUnavailable, "The broker does not let this server in.", TimeSpan.FromSeconds(30)),
        BrokerDisconnectedException away => new(ProblemType.BrokerUnavailable, "The broker is not reachable at the moment.", Longer(away.RetryAfter)),
        QuotaExceededException quota => new(quota.Type, quota.Message, quota.RetryAfter, quota.Limit),
        OutputBusyException busy => new(ProblemType.Busy, busy.Message, Soon),
        SubmitInDoubtException doubt => new(ProblemType.KeyInFlight, doubt.Message, Soon),
        TooManyStreamsException full => new(ProblemType.TooManyRequests, full.Message, TimeSpan.FromSeconds(5)),
        OutputPurgedException purged => new(ProblemType.OutputPurged, purged.Message),
        JobPurgedException purged => new(ProblemType.JobPurged, purged.Message),
        OutputChangedException changed => new(ProblemType.Busy, changed.Message, Soon),
        DbUpdateException { InnerException: SqliteException { SqliteErrorCode: Locked or LockedHere } } or SqliteException { SqliteErrorCode: Locked or LockedHere } =>
            new(ProblemType.Busy, "The server's database is held by another process. Nothing was changed.", TimeSpan.FromSeconds(5)),
        NotRecordedException unable => new(ProblemType.Busy, unable.Message, TimeSpan.FromSeconds(5)),
        BrokerSlowConsumerException => new(ProblemType.Busy, "The answer could not be taken in fast enough.", Soon),
        TimeoutException => new(ProblemType.BrokerTimeout, "The broker did not answer in time. Whether it did what was asked is not known."),
        BrokerException { Topic: "job-ingest.submit", IsTransient: false } refused => new(ProblemType.Refused, refused.ErrorText),
        BrokerException { Errnum: Errno.ENOSYS } => new(ProblemType.BrokerUnavailable, "The broker is shutting down, or lacks a service.", TimeSpan.FromSeconds(5)),
        BrokerException { IsTransient: true } busy => new(ProblemType.BrokerUnavailable, busy.ErrorText, Soon),
        BrokerException { Errnum: Errno.EPERM } refused => new(ProblemType.Forbidden, refused.ErrorText),
        BrokerException { Errnum: Errno.ENOENT } refused => new(ProblemType.UnknownJob, refused.ErrorText),
        BrokerException { Errnum: Errno.EINVAL } refused => new(ProblemType.Refused, refused.ErrorText),
        BrokerException { Errnum: Errno.EEXIST } conflict => new(ProblemType.Conflict, conflict.ErrorText),
        BrokerException other => new(ProblemType.BrokerError, other.ErrorText),
        _ => null,
    };

    /// <summary>Nothing was done, and asking again would be answered alike.</summary>
    public bool IsFinal => Type.Status < 500 && !Type.IsRetryable;

    private static TimeSpan Longer(TimeSpan wait) => wait > Soon ? wait : Soon;
}
