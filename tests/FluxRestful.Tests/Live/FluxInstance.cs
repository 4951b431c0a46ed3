using System.Diagnostics;
using FluxRestful.Core;
using FluxRestful.Core.Resources;
using FluxRestful.Core.Rpc;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FluxRestful.Tests.Live;

/// <summary>
/// A real Flux of some brokers on this machine, with hosts node0, node1 ... of two cores each. Its initial program reads what this process writes,
/// so the instance ends when this one does, however that comes.
/// </summary>
internal sealed class FluxInstance : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _directory;
    private readonly bool _ownsDirectory;
    private readonly Task _logging;

    private FluxInstance(Process process, string directory, bool ownsDirectory, Task logging)
    {
        _process = process;
        _directory = directory;
        _ownsDirectory = ownsDirectory;
        _logging = logging;
    }

    internal string Uri => UriIn(_directory);

    /// <summary>What the brokers said so far.</summary>
    internal string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    private string LogPath => Path.Combine(_directory, "log");

    /// <summary>Starts an instance and waits until it can take jobs.</summary>
    /// <param name="directory">Where its sockets are to be; a fresh directory, which goes with the instance, if not said.</param>
    internal static async Task<FluxInstance> StartAsync(int size, CancellationToken cancellationToken, string? directory = null, string configuration = "")
    {
        var ownsDirectory = directory is null;
        directory ??= Directory.CreateTempSubdirectory("flux-restful-live-").FullName;
        var toml = Path.Combine(directory, "flux.toml");
        await File.WriteAllTextAsync(toml, Configuration(size) + configuration, cancellationToken);

        string[] arguments =
        [
            "start", $"--test-size={size}", $"--test-hosts={Hosts(size)}", $"--test-rundir={directory}", $"--config-path={toml}", "cat",
        ];
        var process = Process.Start(FluxCommand.Prepare(FluxCommand.Path!, directory, arguments))!;
        var instance = new FluxInstance(process, directory, ownsDirectory, LogAsync(process, Path.Combine(directory, "log")));
        try
        {
            await instance.WaitUntilReadyAsync(size, cancellationToken);
            return instance;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var log = instance.Log;
            await instance.DisposeAsync();
            throw new InvalidOperationException($"flux did not start: {e.Message}\n{log}", e);
        }
    }

    internal static string UriIn(string directory) => $"local://{directory}/local-0";

    /// <summary>Waits until the instance has ended by itself.</summary>
    internal Task WaitForEndAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            throw new TimeoutException($"flux did not end by itself.\n{Log}");
        }
        finally
        {
            await _logging;
            _process.Dispose();
            if (_ownsDirectory)
            {
                Directory.Delete(_directory, recursive: true);
            }
        }
    }

    private static string Hosts(int size) => size == 1 ? "node0" : $"node[0-{size - 1}]";

    // --test-hosts alone renames no node in R; a configuration that is believed (noverify) does.
    private static string Configuration(int size) => $"""
        [resource]
        noverify = true
        [[resource.config]]
        hosts = "{Hosts(size)}"
        cores = "0-1"

        """;

    private static async Task LogAsync(Process process, string path)
    {
        await using var log = new StreamWriter(path) { AutoFlush = true };
        using var gate = new SemaphoreSlim(1);
        await Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));

        async Task CopyAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                await gate.WaitAsync();
                await log.WriteLineAsync(line);
                gate.Release();
            }
        }
    }

    // The socket is there long before the scheduler, and the scheduler before the other nodes.
    private async Task WaitUntilReadyAsync(int size, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var options = new BrokerClientOptions { Uri = Uri, RequestTimeout = Patience, Backoff = new() { Maximum = TimeSpan.FromMilliseconds(100) } };
        await using var client = new BrokerClient(options, TimeProvider.System, NullLogger<BrokerClient>.Instance);
        await Eventually.TrueAsync(() => IsReadyAsync(client, size, either.Token), Patience, either.Token);
    }

    private async Task<bool> IsReadyAsync(BrokerClient client, int size, CancellationToken cancellationToken)
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"It ended with {_process.ExitCode}.");
        }

        try
        {
            var state = await client.CallAsync(new RpcRequest("state-machine.get"), cancellationToken);
            var resources = await client.CallAsync(new RpcRequest("resource.sched-status"), cancellationToken);
            _ = await client.CallAsync(new RpcRequest("sched.resource-status"), cancellationToken);
            return state.GetProperty("state").GetString() == "run"
                && ResourceSet.FromJson(resources.GetProperty("all")).NodeCount == size
                && ResourceSet.FromJson(resources.GetProperty("down")).NodeCount == 0;
        }
        catch (BrokerException e) when (e.IsTransient)
        {
            return false;
        }
    }
}
