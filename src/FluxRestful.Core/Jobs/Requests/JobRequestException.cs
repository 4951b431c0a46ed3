namespace FluxRestful.Core.Jobs.Requests;

/// <summary>A request that makes no jobspec.</summary>
public sealed class JobRequestException : ArgumentException
{
    public JobRequestException()
    {
    }

    public JobRequestException(string message)
        : base(message)
    {
    }

    public JobRequestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="field">The member of <see cref="JobRequest"/> at fault.</param>
    /// <param name="message">What is wrong, as a sentence.</param>
    public JobRequestException(string field, string message)
        : base(message) => Field = field;

    /// <summary>The member of <see cref="JobRequest"/> at fault.</summary>
    public string Field { get; } = "";
}
