using FluxRestful.Core.Rpc;

namespace FluxRestful.Core.Services.Errors;

/// <summary>
/// What an error about a job means. One errno means different things to different topics (surprise 36), and some topics answer one errno to different
/// things (surprise 35), which only its text tells apart. This table is the one place that looks at texts; one that it does not know
/// falls back to the last row of the topic's errno.
/// </summary>
public static class JobErrors
{
    private static readonly ILookup<(string Topic, int Errnum), (string Text, JobErrorMeaning Meaning)> Table = new[]
    {
        // A jobspec that the validator refuses is EPERM, as is what a user may not do (surprise 35). EPROTO: the validator died of it (surprise 39).
        Row("job-ingest.submit", Errno.EPERM, "signer=", JobErrorMeaning.NotAllowed),
        Row("job-ingest.submit", Errno.EPERM, "only instance owner", JobErrorMeaning.NotAllowed),
        Row("job-ingest.submit", Errno.EPERM, "", JobErrorMeaning.Refused),
        Row("job-ingest.submit", Errno.EINVAL, "", JobErrorMeaning.Refused),
        Row("job-ingest.submit", Errno.EPROTO, "", JobErrorMeaning.Refused),

        Row("job-manager.raise", Errno.ENOENT, "job is inactive", JobErrorMeaning.InactiveJob),
        Row("job-manager.raise", Errno.ENOENT, "", JobErrorMeaning.UnknownJob),
        Row("job-manager.raise", Errno.EPROTO, "", JobErrorMeaning.Refused),

        Row("job-manager.memo", Errno.ENOENT, "job is inactive", JobErrorMeaning.InactiveJob),
        Row("job-manager.memo", Errno.ENOENT, "", JobErrorMeaning.UnknownJob),
        Row("job-manager.memo", Errno.EINVAL, "", JobErrorMeaning.Refused),

        Row("job-manager.kill", Errno.EINVAL, "unknown job", JobErrorMeaning.UnknownJob),
        Row("job-manager.kill", Errno.EINVAL, "job is inactive", JobErrorMeaning.InactiveJob),
        Row("job-manager.kill", Errno.EINVAL, "job is not running", JobErrorMeaning.WrongState),
        Row("job-manager.kill", Errno.EINVAL, "", JobErrorMeaning.Refused),

        Row("job-manager.urgency", Errno.EINVAL, "unknown job", JobErrorMeaning.UnknownJob),
        Row("job-manager.urgency", Errno.EINVAL, "job is inactive", JobErrorMeaning.InactiveJob),
        Row("job-manager.urgency", Errno.EINVAL, "urgency cannot be changed", JobErrorMeaning.WrongState),
        Row("job-manager.urgency", Errno.EINVAL, "", JobErrorMeaning.Refused),

        Row("job-manager.update", Errno.ENOENT, "", JobErrorMeaning.UnknownJob),
        Row("job-manager.update", Errno.EINVAL, "job is inactive", JobErrorMeaning.InactiveJob),
        Row("job-manager.update", Errno.EINVAL, "", JobErrorMeaning.Refused),

        Row("job-manager.getattr", Errno.EINVAL, "", JobErrorMeaning.UnknownJob),
        Row("job-manager.purge-id", Errno.ENOENT, "", JobErrorMeaning.UnknownJob),
        Row("job-manager.purge-id", Errno.EINVAL, "", JobErrorMeaning.WrongState),
        Row("job-manager.wait", Errno.ECHILD, "", JobErrorMeaning.UnknownJob),

        // No text at all (surprise 38).
        Row("job-list.list-id", Errno.ENOENT, "", JobErrorMeaning.UnknownJob),

        Row("job-info.lookup", Errno.ENOENT, "invalid job id", JobErrorMeaning.UnknownJob),
        Row("job-info.lookup", Errno.ENOENT, "", JobErrorMeaning.Other),
        Row("job-info.eventlog-watch", Errno.ENOENT, "", JobErrorMeaning.UnknownJob),
        Row("job-info.update-watch", Errno.ENOENT, "", JobErrorMeaning.UnknownJob),
    }.ToLookup(row => (row.Topic, row.Errnum), row => (row.Text, row.Meaning));

    /// <summary>What the error says about the job.</summary>
    public static JobErrorMeaning Meaning(this BrokerException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        foreach (var (text, meaning) in Table[(error.Topic, error.Errnum)])
        {
            if (error.ErrorText.StartsWith(text, StringComparison.Ordinal))
            {
                return meaning;
            }
        }

        return error.Errnum == Errno.EPERM ? JobErrorMeaning.NotAllowed : JobErrorMeaning.Other;
    }

    /// <summary>There is no such job.</summary>
    public static bool IsUnknownJob(this BrokerException error) => error.Meaning() == JobErrorMeaning.UnknownJob;

    /// <summary>The job has ended.</summary>
    public static bool IsInactiveJob(this BrokerException error) => error.Meaning() == JobErrorMeaning.InactiveJob;

    private static (string Topic, int Errnum, string Text, JobErrorMeaning Meaning) Row(
        string topic, int errnum, string text, JobErrorMeaning meaning) => (topic, errnum, text, meaning);
}
