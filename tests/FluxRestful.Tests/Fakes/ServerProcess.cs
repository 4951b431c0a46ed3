using System.Diagnostics;

namespace FluxRestful.Tests.Fakes;

/// <summary>The server as it is started outside of tests: a process of its own with an environment of its own, on a real socket.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("flux-restful-test-");
    private readonly Process _process;

    // "nobody" on every Linux.
    private const string Nobody = "65534";

    private ServerProcess(Dictionary<string, string> environment, bool asNobody = false, bool ignoresInterrupts = false)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath! : "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "FluxRestful.Api.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FLUX_", StringComparison.Ordinal) || name is "HOST" or "PORT").ToList())
        {
            start.Environment.Remove(name);
        }

        if (ignoresInterrupts)
        {
            // As a shell without job control starts what it puts into the background.
            (start.ArgumentList[0], start.FileName, var server) = ("-c", "/bin/sh", (start.FileName, start.ArgumentList[0]));
            start.ArgumentList.Add("trap '' INT; exec \"$0\" \"$@\"");
            start.ArgumentList.Add(server.FileName);
            start.ArgumentList.Add(server.Item2);
        }

        start.Environment["FLUX_RESTFUL_DATA"] = Path.Combine(_data.FullName, "data");
        start.Environment["PORT"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        if (asNobody)
        {
            Run("chown", Nobody, _data.FullName);
            start.ArgumentList.Insert(0, start.FileName);
            foreach (var argument in AsNobody.Reverse())
            {
                start.ArgumentList.Insert(0, argument);
            }

            start.FileName = "setpriv";
        }

        _process = Process.Start(start)!;
    }

    internal Uri Address { get; private set; } = new("http://nowhere");

    internal int Id => _process.Id;

    /// <summary>What it said before it was ready.</summary>
    internal List<string> Said { get; } = [];

    internal static ServerProcess Start(params (string Name, string Value)[] environment) =>
        new(environment.ToDictionary(variable => variable.Name, variable => variable.Value));

    internal static ServerProcess StartInBackground() => new([], ignoresInterrupts: true);

    /// <summary>Whether the server can be run by somebody who is not root, and read its program.</summary>
    internal static bool CanBeUnprivileged => Environment.UserName != "root"
        || Run("setpriv", [.. AsNobody, "test", "-r", Path.Combine(AppContext.BaseDirectory, "FluxRestful.Api.dll")]);

    internal static ServerProcess StartUnprivileged((string Name, string Value)[] environment) =>
        new(environment.ToDictionary(variable => variable.Name, variable => variable.Value), Environment.UserName == "root");

    private static string[] AsNobody => ["--reuid", Nobody, "--regid", Nobody, "--clear-groups"];

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    internal async Task ReadyAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            Said.Add(line);
            if (line.Trim().StartsWith("Address: ", StringComparison.Ordinal))
            {
                Address = new Uri(line.Trim()["Address: ".Length..].Split(", ")[0]);
                return;
            }
        }

        Assert.Fail($"The server ended: {await _process.StandardError.ReadToEndAsync(cancellationToken)}");
    }

    /// <summary>The next line with this word in it.</summary>
    internal async Task<string> ReadUntilAsync(string word, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains(word, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The server did not say '{word}'.");
    }

    /// <summary>All that it says until it ends.</summary>
    internal Task<string> RestAsync(CancellationToken cancellationToken) => _process.StandardOutput.ReadToEndAsync(cancellationToken);

    /// <summary>Its exit code and what it complained about.</summary>
    internal async Task<(int Code, string Errors)> EndAsync(CancellationToken cancellationToken)
    {
        var errors = await _process.StandardError.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, errors);
    }

    internal Task TerminateAsync(CancellationToken cancellationToken) => SignalAsync("TERM", cancellationToken);

    internal async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _data.Delete(recursive: true);
    }
}
