namespace FluxRestful.Contracts.Jobs.Output;

/// <summary>A line of a job's output.</summary>
/// <param name="Number">Counted from 1 over everything that the job wrote, in the order in which it arrived; never changes.</param>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>; <c>shell</c> is a word of the job's shell, such as why a task did not start, that output was left out, or where a stream was redirected to.</param>
/// <param name="Time">When it was written. Not in order: streams and tasks have clocks and buffers of their own.</param>
/// <param name="Text">The line without its newline; in base64 if <paramref name="Encoding"/> says so.</param>
/// <param name="Length">How many bytes the line has, with its newline. More than <paramref name="Text"/> holds if <paramref name="Cut"/>.</param>
/// <param name="Rank">The task that wrote it; an idset, should several have written the same. Of a shell's word the shell's rank, if told.</param>
/// <param name="Encoding"><c>base64</c> for a line that is not UTF-8; otherwise absent.</param>
/// <param name="Cut">True if only the beginning of a long line is shown; see the parameter <c>width</c>.</param>
/// <param name="Unterminated">True if it has no newline: the last one of its stream, or a line of more than 16 MiB, which goes on in the next.</param>
/// <param name="Level">Of a shell's word: as in syslog, 3 is an error.</param>
public sealed record OutputLine(
    long Number,
    string Stream,
    DateTimeOffset Time,
    string Text,
    long Length,
    string? Rank = null,
    string? Encoding = null,
    bool? Cut = null,
    bool? Unterminated = null,
    int? Level = null);
