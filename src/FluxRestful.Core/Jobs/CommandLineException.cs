namespace FluxRestful.Core.Jobs;

/// <summary>A command line with a quotation or escape that has no end.</summary>
public sealed class CommandLineException : FormatException
{
    public CommandLineException()
    {
    }

    public CommandLineException(string message)
        : base(message)
    {
    }

    public CommandLineException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal CommandLineException(string message, int position)
        : base($"{message} (position {position})") => Position = position;

    /// <summary>Where the quotation or escape begins, counted from 0.</summary>
    public int Position { get; }
}
