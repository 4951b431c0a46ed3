namespace FluxRestful.Contracts.Jobs.Output;

/// <summary>Some lines of a job's output.</summary>
/// <param name="Id">The job.</param>
/// <param name="Status"><c>pending</c>: the job has not started; <c>running</c>: more may come; <c>ended</c>: this is all there will be; <c>never-ran</c>: it ended before it started, and so wrote nothing.</param>
/// <param name="Lines">In their order.</param>
/// <param name="Total">How many lines there are now.</param>
/// <param name="Matching">How many of them are of the wanted streams and ranks and have the text that is searched for: as <c>grep -c</c> counts.</param>
/// <param name="Redirects">Streams that go to files instead.</param>
/// <param name="Warnings">The first errors of the job's shell, which are also among the lines of stream <c>shell</c>: a task that could not be started, output that was dropped.</param>
/// <param name="Next">For <c>from</c>, to go on; absent after the last line of a job that has ended.</param>
/// <param name="Previous">For <c>before</c>, to go back; absent at the beginning.</param>
/// <param name="Numbers">Of a search: the numbers of the matching lines from the first shown on, at most 10,000 of them.</param>
public sealed record OutputPage(
    string Id,
    string Status,
    IReadOnlyList<OutputLine> Lines,
    long Total,
    long Matching,
    IReadOnlyList<OutputRedirection> Redirects,
    IReadOnlyList<string> Warnings,
    long? Next = null,
    long? Previous = null,
    IReadOnlyList<long>? Numbers = null);
