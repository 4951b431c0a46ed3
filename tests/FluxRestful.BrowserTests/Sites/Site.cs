using FluxRestful.BrowserTests.Sites;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Site))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace FluxRestful.BrowserTests.Sites;

/// <summary>
/// One server and one browser process for all tests. The server has the embedded broker, or the real Flux that <c>FLUX_TESTS_URI</c> names. Without a Chromium the tests are skipped; <c>BROWSER_TESTS_REQUIRED=1</c> makes that a failure.
/// </summary>
public sealed class Site : IAsyncLifetime
{
    // The one without windows is quicker; the tests hold in either.
    private static readonly string[] Chromiums = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>A name that leads here and that browsers do not take for their own machine: over plain HTTP they deny it the clipboard and more.</summary>
    internal const string PlainHost = "flux.example";

    private readonly Dictionary<string, string> _signedIn = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Server? _server;

    internal Server Server => _server!;

    /// <summary>Where a real Flux is that the tests are to run on; null: on the embedded broker.</summary>
    internal static string? Flux => Environment.GetEnvironmentVariable("FLUX_TESTS_URI") is { Length: > 0 } uri ? uri : null;

    public async ValueTask InitializeAsync()
    {
        var chromium = Chromiums.FirstOrDefault(File.Exists);
        if (chromium is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("BROWSER_TESTS_REQUIRED") == "1", "There is no Chromium.");
        }

        _server = await Server.StartAsync(CancellationToken.None, Flux is null ? [] : [("Broker__Mode", "flux"), ("FLUX_URI", Flux)]);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--enable-precise-memory-info", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                $"--host-resolver-rules=MAP {PlainHost} 127.0.0.1"],
        });
    }

    /// <summary>A browser of somebody who is not signed in.</summary>
    internal Task<Visit> VisitAsync(BrowserNewContextOptions? options = null, Uri? by = null) => Visit.OpenAsync(_browser!, by ?? Server.Address, options ?? new());

    /// <summary>A browser at another server, or at another name of it.</summary>
    internal Task<Visit> VisitAtAsync(Uri address, BrowserNewContextOptions? options = null) => Visit.OpenAsync(_browser!, address, options ?? new());

    /// <summary>A browser of a tenant who has signed in with the form.</summary>
    /// <param name="by">Another address by which the server is reached.</param>
    internal async Task<Visit> VisitAsAsync(string tenant, BrowserNewContextOptions? options = null, Uri? by = null)
    {
        if (!_signedIn.TryGetValue(tenant, out var state))
        {
            await using var visit = await VisitAsync();
            await visit.SignInAsync(tenant);
            _signedIn[tenant] = state = await visit.Page.Context.StorageStateAsync();
        }

        return await VisitAsync(new BrowserNewContextOptions(options ?? new()) { StorageState = state }, by);
    }

    /// <summary>The tenant's session that the tests share has ended.</summary>
    internal void ForgetSession(string tenant) => _signedIn.Remove(tenant);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
