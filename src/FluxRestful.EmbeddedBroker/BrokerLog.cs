using Microsoft.Extensions.Logging;

namespace FluxRestful.EmbeddedBroker;

/// <summary>What the embedded broker says. Never a jobspec, an environment or a payload.</summary>
internal static partial class BrokerLog
{
    [LoggerMessage(1, LogLevel.Warning, "THE EMBEDDED BROKER IS RUNNING at {Uri} on {Cores} cores. It is for trying and testing: nothing survives its end, neither jobs nor their output")]
    public static partial void Started(this ILogger logger, string uri, int cores);

    [LoggerMessage(2, LogLevel.Information, "The embedded broker has ended")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "Process {ProcessId} of user {UserId} is refused")]
    public static partial void Refused(this ILogger logger, int processId, uint userId);

    [LoggerMessage(4, LogLevel.Warning, "Connection {Connection} is closed: {Reason}")]
    public static partial void ConnectionClosed(this ILogger logger, string connection, string reason);

    [LoggerMessage(5, LogLevel.Error, "A request failed")]
    public static partial void WorkFailed(this ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "{Topic} failed")]
    public static partial void ServiceFailed(this ILogger logger, Exception exception, string? topic);

    [LoggerMessage(7, LogLevel.Warning, "{Count} clients are connected already; one more is closed")]
    public static partial void TooManyClients(this ILogger logger, int count);

    [LoggerMessage(8, LogLevel.Warning, "The watchdog could not be started ({Error}); children may outlive a killed server")]
    public static partial void NoWatchdog(this ILogger logger, string error);

    [LoggerMessage(9, LogLevel.Warning, "Accepting a connection failed")]
    public static partial void AcceptFailed(this ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Information, "Shutdown was asked for by user {UserId}")]
    public static partial void ShutdownRequested(this ILogger logger, uint userId);
}
