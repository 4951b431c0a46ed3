using System.Text;
using System.Text.RegularExpressions;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>
/// The first line like an error of those that it is given in order: what compilers, interpreters, MPI and resource managers write when they give up, first of all in
/// what came last on stderr; failing that, a line on stderr that sounds like an error in any words, or an error of the job's shell. A guess: nothing follows from it but where one looks.
/// </summary>
internal sealed partial class ErrorGuess
{
    private const int Width = 1000;

    private long? _plain;
    private long? _plainInBurst;
    private long? _worded;
    private bool _wasBurst;

    /// <summary>Null: nothing is like an error.</summary>
    public long? Line => _plainInBurst ?? _plain ?? _worded;

    /// <param name="number">The line's number, greater than the one before.</param>
    /// <param name="isError">Its writer called it one.</param>
    /// <param name="isStderr">It came on stderr.</param>
    /// <param name="isShell">The job's shell wrote it.</param>
    /// <param name="line">What it says.</param>
    public void Take(long number, bool isError, bool isStderr, bool isShell, ReadOnlySpan<byte> line)
    {
        line = line[..Math.Min(line.Length, Width)];
        // What the shell says last, of a task that failed, is the consequence.
        if (isStderr && !_wasBurst)
        {
            _plainInBurst = null;
        }

        _wasBurst = isStderr || (isShell && _wasBurst);
        if (isStderr ? Plain().IsMatch(Text(line)) : !isShell && IsUnmistakable(line))
        {
            _plain ??= number;
            _plainInBurst ??= isStderr ? number : null;
        }
        else if (_worded is null && (isError || (isStderr && Words().IsMatch(Text(line)))))
        {
            _worded = number;
        }
    }

    private static string Text(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line);

    // Of programs that write everything to stdout. Looked for as bytes: there may be very many lines.
    private static bool IsUnmistakable(ReadOnlySpan<byte> line) =>
        line.IndexOf("Traceback (most recent call last)"u8) >= 0 || line.IndexOf("MPI_ABORT"u8) >= 0 || line.IndexOf("MPI_Abort"u8) >= 0
        || line.IndexOf("egmentation fault"u8) >= 0 || line.StartsWith("srun: error:"u8) || line.StartsWith("slurmstepd: error:"u8);

    // "error: 0.02" is a figure, not an error.
    [GeneratedRegex("""
        \btraceback[ ]\(most[ ]recent[ ]call[ ]last\)
        |(?:^|[\s:\]])(?:error|fatal|critical)(?:\[\w{1,20}\])?[ ]?:(?![ ]*[-+.]?\d)
        |\bfatal[ ]error\b|^\w[\w.]{0,80}(?-i:Error|Exception)\b
        |\bsegmentation[ ]fault\b|\bbus[ ]error\b|\bcore[ ]dumped\b|\bSIG(?:SEGV|ABRT|BUS|FPE|ILL)\b|\bexited[ ]on[ ]signal\b
        |\bMPI_ABORT\b|\bBAD[ ]TERMINATION\b|^slurmstepd:|\bout[ ]of[ ]memory\b|\boom[-_ ]kill|\bcannot[ ]allocate[ ]memory\b
        |\bcommand[ ]not[ ]found\b|\bundefined[ ](?:symbol|reference)\b|\bassertion\b.{0,200}\bfailed\b|\bpanicked[ ]at\b|^panic:|\bterminate[ ]called\b
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Plain();

    [GeneratedRegex(@"error|exception|traceback|fatal|panic|segmentation fault|assert|not found|denied|no such|cannot|failed|killed|abort", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
