namespace FluxRestful.Core.Rpc;

/// <summary>The broker said no: a response with an errnum.</summary>
public class BrokerException : Exception
{
    /// <param name="topic">What was asked.</param>
    /// <param name="errorText">The text of the response; null or empty for the errno's own name (surprise 38: some errors come without).</param>
    public BrokerException(string topic, int errnum, string? errorText, Exception? innerException = null)
        : base($"{topic}: {TextOr(errnum, errorText)} (errno {errnum})", innerException)
    {
        Topic = topic;
        Errnum = errnum;
        ErrorText = TextOr(errnum, errorText);
    }

    private protected BrokerException(string message, string topic, int errnum, Exception? innerException)
        : base(message, innerException)
    {
        Topic = topic;
        Errnum = errnum;
        ErrorText = message;
    }

    /// <summary>The topic of the request; empty if there was none.</summary>
    public string Topic { get; }

    /// <summary>An <see cref="Errno"/>. What it means depends on the topic: ask <see cref="Services.Errors.JobErrors"/>.</summary>
    public int Errnum { get; }

    /// <summary>Flux's own words, for people; no program decides by them.</summary>
    public string ErrorText { get; }

    /// <summary>
    /// Whether the same request can succeed later, with nothing changed. ENOSYS counts: that is how a broker that shuts down answers (surprise 40).
    /// EPROTO does not, although a dead validator gives it too (surprise 39): it is a malformed request first of all.
    /// </summary>
    public virtual bool IsTransient => Errnum is Errno.EAGAIN or Errno.ENOSYS or Errno.ETIMEDOUT or Errno.EHOSTUNREACH;

    private static string TextOr(int errnum, string? text) => string.IsNullOrEmpty(text) ? Errno.Describe(errnum) : text;
}

/// <summary>
/// The link to the broker was lost, or could not be made. A request that met this may or may not have been carried out; nobody repeats it for the caller.
/// </summary>
/// <remarks><see cref="BrokerException.Errnum"/> is always ENOTCONN, so that a missing socket is not mistaken for a service's "no such job".</remarks>
public class BrokerDisconnectedException : BrokerException
{
    public BrokerDisconnectedException(string message, int? connectErrnum = null, Exception? innerException = null, string topic = "")
        : base(message, topic, Errno.ENOTCONN, innerException) => ConnectErrnum = connectErrnum;

    /// <summary>Why connecting failed: ENOENT (no socket), ECONNREFUSED (nobody behind it), EACCES, ETIMEDOUT; null if an existing link was lost.</summary>
    public int? ConnectErrnum { get; }

    /// <summary>How long <see cref="BrokerClient"/> waits before it tries again; zero if it would try at once.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <inheritdoc/>
    public override bool IsTransient => true;

    // The same loss, told to one more caller: everyone throws an exception of his own.
    internal virtual BrokerDisconnectedException For(string topic, TimeSpan retryAfter) =>
        new(Message, ConnectErrnum, this, topic) { RetryAfter = retryAfter };
}

/// <summary>The broker is there and does not let this user in: it answered the connection with an errno instead of 0.</summary>
public sealed class BrokerRefusedException : BrokerDisconnectedException
{
    public BrokerRefusedException(string uri, int errnum, string topic = "", Exception? innerException = null)
        : base($"The broker at {uri} refuses the connection: {Errno.Describe(errnum)}.", errnum, innerException, topic) => Uri = uri;

    /// <summary>Where the broker is.</summary>
    public string Uri { get; }

    /// <inheritdoc/>
    public override bool IsTransient => false;

    internal override BrokerDisconnectedException For(string topic, TimeSpan retryAfter) =>
        new BrokerRefusedException(Uri, ConnectErrnum ?? Errno.EPERM, topic, this) { RetryAfter = retryAfter };
}

/// <summary>A stream was ended on this side because its reader fell too far behind; the broker was told to stop it.</summary>
public sealed class BrokerSlowConsumerException(string topic, long queuedBytes)
    : IOException($"The reader of {topic} fell {queuedBytes} bytes behind; its stream was ended.")
{
    /// <summary>The topic of the stream, or the prefix of the events.</summary>
    public string Topic { get; } = topic;
}
