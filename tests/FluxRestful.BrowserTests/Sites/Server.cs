using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace FluxRestful.BrowserTests.Sites;

/// <summary>The real server as a process of its own on a free port, with the embedded broker, a superuser and two tenants.</summary>
internal sealed class Server : IAsyncDisposable
{
    internal const string Superuser = "fluxuser";
    internal const string Alice = "alice";
    internal const string Bob = "bob";
    /// <summary>Has no jobs but those of one test.</summary>
    internal const string Carol = "carol";
    internal const string Password = "a password of length";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("flux-restful-browser-");
    private readonly ProcessStartInfo _start;
    private Process _process;
    private Task _reading = Task.CompletedTask;

    private Server(IEnumerable<(string Name, string Value)> environment)
    {
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../FluxRestful.Api", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "FluxRestful.Api.dll"));
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { program }, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FLUX_", StringComparison.Ordinal) || name is "HOST" or "PORT").ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in ((string, string)[])
        [
            ("FLUX_RESTFUL_DATA", Path.Combine(_data.FullName, "data")), ("PORT", "0"), ("Broker__Mode", "embedded"),
            ("FLUX_USER", Superuser), ("FLUX_TOKEN", Password),
            ("Users__0__Name", Alice), ("Users__0__Password", Password), ("Users__1__Name", Bob), ("Users__1__Password", Password),
            ("Users__2__Name", Carol), ("Users__2__Password", Password),
            // A flood of ten seconds is more than is usually kept.
            .. Environment.GetEnvironmentVariable("BROWSER_TESTS_LOAD_SECONDS") is null ? [] : ((string, string)[])[("Broker__MaxOutputBytes", "500000000")],
            .. environment,
        ])
        {
            start.Environment[name] = value;
        }

        _start = start;
        _process = Process.Start(start)!;
    }

    internal Uri Address { get; private set; } = new("http://nowhere");

    internal int ProcessId => _process.Id;

    /// <summary>Where the server's broker listens.</summary>
    internal string BrokerSocket { get; private set; } = "";

    internal string DatabasePath => Path.Combine(_data.FullName, "data", "flux-restful.db");

    internal static async Task<Server> StartAsync(CancellationToken cancellationToken, params IEnumerable<(string Name, string Value)> environment)
    {
        var server = new Server(environment);
        await server.AwaitAddressAsync(cancellationToken);
        return server;
    }

    /// <summary>As a machine that loses its power would end it.</summary>
    internal async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
    }

    /// <summary>The same server again, at the same address and with the same data; the embedded broker's jobs are gone.</summary>
    internal async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _start.Environment["PORT"] = Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _process = Process.Start(_start)!;
        await AwaitAddressAsync(cancellationToken);
    }

    private async Task AwaitAddressAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.IndexOf("local://", StringComparison.Ordinal) is >= 0 and var at)
            {
                BrokerSocket = line[(at + "local://".Length)..].TrimEnd(')', ' ');
            }

            if (line.Trim().StartsWith("Address: ", StringComparison.Ordinal))
            {
                Address = new Uri(line.Trim()["Address: ".Length..]);
                // Nobody may fill the pipe and stop the server.
                _reading = Task.WhenAll(
                    _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken),
                    _process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken));
                return;
            }
        }

        throw new InvalidOperationException($"The server ended: {await _process.StandardError.ReadToEndAsync(cancellationToken)}");
    }

    /// <summary>The tenant as a program: name and password with each request.</summary>
    internal HttpClient ClientFor(string tenant)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{tenant}:{Password}")));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
        _data.Delete(recursive: true);
    }
}
