using System.Globalization;
using FluxRestful.Tests.Live;

[assembly: AssemblyFixture(typeof(LiveFlux))]

namespace FluxRestful.Tests.Live;

/// <summary>
/// One real Flux of four nodes for all tests that need no Flux of their own; started when the first of them asks. Says why not where there is none to start.
/// </summary>
public sealed class LiveFlux : IAsyncLifetime
{
    internal const int Size = 4;
    internal const int Cores = 8;

    private readonly SemaphoreSlim _gate = new(1);
    private FluxInstance? _instance;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_instance is not null)
        {
            var uri = _instance.Uri;
            await _instance.DisposeAsync();
            Assert.Empty(ProcessesOf(uri));
        }

        _gate.Dispose();
    }

    /// <summary>Where it is. Skips the test that asks if there is none here.</summary>
    internal async Task<string> UriAsync(CancellationToken cancellationToken)
    {
        FluxCommand.Require();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _instance ??= await FluxInstance.StartAsync(Size, cancellationToken);
            return _instance.Uri;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Processes whose environment or command line names the instance: brokers, job shells and tasks.</summary>
    internal static IReadOnlyList<int> ProcessesOf(string uri)
    {
        var mark = Path.GetDirectoryName(uri)!["local:".Length..].TrimStart('/');
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => Path.GetFileName(folder))
            .Where(name => name.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
            .Where(pid => Mentions($"/proc/{pid}/environ", mark) || Mentions($"/proc/{pid}/cmdline", mark))];
    }

    private static bool Mentions(string file, string mark)
    {
        try
        {
            return File.ReadAllText(file).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or belongs to somebody else.
            return false;
        }
    }
}
