namespace FluxRestful.EmbeddedBroker;

/// <summary>Times as Flux has them: seconds since 1970.</summary>
internal static class Timestamps
{
    public static double ToSeconds(this DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalMicroseconds / 1e6;

    public static double Now(this TimeProvider time) => time.GetUtcNow().ToSeconds();
}
