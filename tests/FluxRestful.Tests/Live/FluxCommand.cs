using System.Diagnostics;

namespace FluxRestful.Tests.Live;

/// <summary>The <c>flux</c> of this machine, if there is one that tests can use.</summary>
internal static class FluxCommand
{
    /// <summary>Where it is; null if nowhere on PATH.</summary>
    internal static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Where(folder => folder.Length > 0)
        .Select(folder => System.IO.Path.Combine(folder, "flux"))
        .FirstOrDefault(File.Exists);

    /// <summary>Why the live tests can not run here; null if they can.</summary>
    internal static string? Obstacle =>
        Path is null ? "There is no flux on PATH."
        : Environment.IsPrivilegedProcess ? "The tests run as root, and a Flux of root starts no jobs."
        : null;

    /// <summary>Whether somebody insists: <c>FLUX_TESTS_REQUIRED=1</c>.</summary>
    internal static bool IsRequired => Environment.GetEnvironmentVariable("FLUX_TESTS_REQUIRED") == "1";

    /// <summary>Skips the test that calls, or fails it if somebody insists on a real Flux.</summary>
    internal static void Require()
    {
        if (Obstacle is { } obstacle)
        {
            Assert.SkipUnless(IsRequired, obstacle);
            Assert.Fail($"FLUX_TESTS_REQUIRED is set, but: {obstacle}");
        }
    }

    /// <summary>A process with nothing of this one's environment but what Flux needs, so that runs do not differ.</summary>
    internal static ProcessStartInfo Prepare(string program, string directory, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = directory;
        start.Environment["LANG"] = "C.UTF-8";
        return start;
    }

    /// <summary>Runs a flux command line against an instance, to its end.</summary>
    internal static async Task<CommandOutcome> RunAsync(string uri, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        var start = Prepare(Path!, System.IO.Path.GetTempPath(), arguments);
        start.Environment["FLUX_URI"] = uri;
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new CommandOutcome(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }
}
