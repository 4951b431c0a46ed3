namespace FluxRestful.Api.Jobs.Submitting;

internal static partial class SubmitLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Index} of a bulk submit failed")]
    internal static partial void ItemFailed(this ILogger logger, int index, Exception failure);
}
