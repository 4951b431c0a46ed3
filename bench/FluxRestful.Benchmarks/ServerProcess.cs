using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace FluxRestful.Benchmarks;

/// <summary>The server as its users run it: a process of its own, a data directory of its own, authentication on.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _directory;

    private ServerProcess(Process process, string directory, int port)
    {
        (_process, _directory, Port) = (process, directory, port);
    }

    public int Port { get; }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan StartTime { get; private init; }

    /// <summary>The value of an Authorization header: a bearer token of the first superuser.</summary>
    public string Authorization { get; private set; } = "";

    /// <summary>Resident memory of the process, in MB.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Processor time the process has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServerProcess> StartAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("flux-restful-bench-").FullName;
        var password = RandomNumberGenerator.GetHexString(24, lowercase: true);
        await File.WriteAllTextAsync(Path.Combine(directory, "token"), password, cancellationToken);
        File.SetUnixFileMode(Path.Combine(directory, "token"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [ServerAssembly()]) { RedirectStandardOutput = true };
        start.Environment["HOST"] = "127.0.0.1";
        start.Environment["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["FLUX_RESTFUL_DATA"] = Path.Combine(directory, "data");
        start.Environment["FLUX_USER"] = "bench";
        start.Environment["RateLimits__TenantPerSecond"] = "0";
        start.Environment["RateLimits__AddressPerSecond"] = "0";
        start.Environment["FLUX_TOKEN_FILE"] = Path.Combine(directory, "token");

        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await UntilHealthyAsync(http, process, cancellationToken);
        var server = new ServerProcess(process, directory, port) { StartTime = clock.Elapsed };
        using var login = new FormUrlEncodedContent([new("username", "bench"), new("password", password)]);
        using var answer = await http.PostAsync("/v1/login/access-token", login, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        server.Authorization = $"Bearer {token.GetProperty("access_token").GetString()}";
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task UntilHealthyAsync(HttpClient http, Process process, CancellationToken cancellationToken)
    {
        while (!process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync("/health", cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet: that is what is being timed.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }

        throw new InvalidOperationException("The server ended before it answered.");
    }

    // As ./run starts it, compiled ahead, where that has been made; else the one that was built beside the benchmarks: artifacts/bin/PROJECT/CONFIGURATION/.
    private static string ServerAssembly()
    {
        const string name = "FluxRestful.Api.dll";
        var here = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        var bin = here.Parent!.Parent!;
        var published = Path.Combine(bin.Parent!.FullName, "run", name);
        var assembly = File.Exists(published) ? published : Path.Combine(bin.FullName, "FluxRestful.Api", here.Name, name);
        Console.WriteLine($"the server is {assembly}");
        return assembly;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
