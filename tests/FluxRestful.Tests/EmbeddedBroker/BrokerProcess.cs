using System.Diagnostics;
using System.Runtime.CompilerServices;
using FluxRestful.EmbeddedBroker;
using Microsoft.Extensions.Logging.Abstractions;
using Broker = FluxRestful.EmbeddedBroker.EmbeddedBroker;

namespace FluxRestful.Tests.EmbeddedBroker;

/// <summary>A broker in a process of its own, so that it can be killed: this very program, started again with a variable that says so.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private const string Variable = "FLUX_RESTFUL_TESTS_HOST_BROKER";

    private readonly Process _process;

    private BrokerProcess(Process process, string uri)
    {
        _process = process;
        Uri = uri;
    }

    public string Uri { get; }

    public static async Task<BrokerProcess> StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(BrokerProcess).Assembly.Location);
        }

        start.Environment[Variable] = "1";
        var process = Process.Start(start)!;
        return new BrokerProcess(process, (await process.StandardOutput.ReadLineAsync(cancellationToken))!);
    }

    /// <summary>True for a process that is no more, or is a zombie that nobody reaped.</summary>
    public static bool IsGone(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].TrimStart()[0] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

#pragma warning disable CA2255 // This is a program, not a library: the initializer is its other way to start.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void HostIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            return;
        }

        // Nothing here may wait for code of this assembly on another thread: that waits for this initializer.
        var broker = Broker.StartAsync(new EmbeddedBrokerOptions { Cores = 2 }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None).GetAwaiter().GetResult();
        Console.WriteLine(broker.Uri);
        broker.Completion.GetAwaiter().GetResult();
        Environment.Exit(0);
    }
}
