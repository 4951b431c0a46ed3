using System.Text;
using CsCheck;
using FluxRestful.Api.Pages.Jobs.Log;

namespace FluxRestful.Tests.Api.Pages.Jobs.Log;

public sealed class ErrorGuessTests
{
    [Theory]
    [InlineData("Traceback (most recent call last):")]
    [InlineData("main.c:7:3: error: expected ';' before '}' token")]
    [InlineData("error[E0382]: borrow of moved value")]
    [InlineData("fatal: not a git repository")]
    [InlineData("srun: error: node7: task 3: Exited with exit code 1")]
    [InlineData("slurmstepd: *** JOB 77 ON node7 CANCELLED DUE TO TIME LIMIT ***")]
    [InlineData("[node7:4711] *** Process received signal SIGSEGV ***")]
    [InlineData("MPI_ABORT was invoked on rank 3 in communicator MPI_COMM_WORLD")]
    [InlineData("=   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES")]
    [InlineData("sh: line 1: 4711 Segmentation fault      (core dumped) ./a.out")]
    [InlineData("ValueError: math domain error")]
    [InlineData("java.lang.OutOfMemoryError")]
    [InlineData("./a.out: symbol lookup error: undefined symbol: foo")]
    [InlineData("a.out: main.c:12: main: Assertion `n > 0' failed.")]
    [InlineData("thread 'main' panicked at src/main.rs:2:5:")]
    [InlineData("bash: lmp: command not found")]
    public void What_programs_write_when_they_give_up_goes_before_what_only_sounds_like_it(string line) =>
        Assert.Equal(3, Find("E:no error so far, 0 failed", "E:step 7", $"E:{line}", "E:an error"));

    [Theory]
    [InlineData("relative error: 1.5e-7")]
    [InlineData("error: .02")]
    [InlineData("terror: none")]
    [InlineData("stderr: empty")]
    public void A_figure_called_error_is_none(string line) => Assert.Equal(2, Find($"E:{line}", "E:fatal: gone"));

    [Fact]
    public void What_came_last_on_stderr_goes_before_an_error_that_the_program_survived()
    {
        Assert.Equal(4, Find("E:Traceback (most recent call last):", "O:tried again", "E:step 2", "E:error: gone", "E:fatal: that was it", "S:task 0 exited"));
        Assert.Equal(1, Find("E:error: gone", "O:going on", "E:bye", "O:done"));
    }

    [Fact]
    public void On_stdout_only_what_cannot_be_meant_otherwise_counts()
    {
        Assert.Null(Find("O:error: all is well", "O:fatal attraction", "O:exception"));
        Assert.Equal(2, Find("O:error: all is well", "O:Traceback (most recent call last):", "O:ValueError: x"));
        Assert.Equal(2, Find("O:x", "!:task 0: start failed", "E:an error"));
    }

    [Fact]
    public void Without_anything_like_an_error_there_is_no_line()
    {
        Assert.Null(Find());
        Assert.Null(Find("E:step 1", "E:step 2", "O:42"));
        Assert.Equal(2, Find("E:step 1", "E:it was killed", "O:42"));
    }

    [Fact]
    public void Whatever_is_written_the_line_is_one_of_those_that_were_given() =>
        Gen.Select(Gen.Byte.Array[0, 3000], Gen.Int[0, 3], Gen.Bool).Array[0, 30].Sample(lines =>
        {
            var guess = new ErrorGuess();
            for (var i = 0; i < lines.Length; i++)
            {
                guess.Take(7 + i, lines[i].Item3, lines[i].Item2 == 1, lines[i].Item2 == 2, lines[i].Item1);
            }

            Assert.True(guess.Line is null || (guess.Line >= 7 && guess.Line < 7 + lines.Length));
        }, iter: 300);

    private static long? Find(params string[] lines)
    {
        var guess = new ErrorGuess();
        for (var i = 0; i < lines.Length; i++)
        {
            guess.Take(i + 1, lines[i][0] == '!', lines[i][0] == 'E', lines[i][0] is 'S' or '!', Encoding.UTF8.GetBytes(lines[i][2..]));
        }

        return guess.Line;
    }
}
