using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FluxRestful.BrowserTests.Sites;

/// <summary>
/// A browser with a tab. At its end the test fails if there was an error on the console, a script error, a breach of the content security policy, a native
/// dialog, or a request to anybody but our server.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string Screenshots = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../screenshots"));

    private readonly ConcurrentQueue<string> _troubles = new();
    private readonly HashSet<int> _expectedStatus = [];
    private readonly HashSet<string> _expectedWords = [];
    private readonly Uri _address;

    private Visit(IPage page, Uri address)
    {
        _address = address;
        Page = page;
        page.Context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url).Authority != address.Authority)
            {
                _troubles.Enqueue($"request to {request.Url}");
            }
        };
        page.Context.Console += (_, message) =>
        {
            if (message.Type == "error" && !_expectedStatus.Any(status => message.Text.Contains($"status of {status}", StringComparison.Ordinal))
                && !_expectedWords.Any(words => message.Text.Contains(words, StringComparison.Ordinal)))
            {
                _troubles.Enqueue($"console: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _troubles.Enqueue($"script: {error}");
        page.Dialog += async (_, dialog) =>
        {
            _troubles.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    internal IPage Page { get; }

    internal static async Task<Visit> OpenAsync(IBrowser browser, Uri address, BrowserNewContextOptions options)
    {
        options.BaseURL = address.ToString();
        options.ViewportSize ??= new ViewportSize { Width = 1280, Height = 900 };
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(20_000);
        await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI}`))");
        return new Visit(await context.NewPageAsync(), address);
    }

    /// <summary>This status is part of the test, and the browser's remark on it no trouble.</summary>
    internal void Expects(int status) => _expectedStatus.Add(status);

    /// <summary>A remark of the browser with these words is part of the test.</summary>
    internal void Expects(string words) => _expectedWords.Add(words);

    /// <summary>From now on whoever sits here cancels the browser's own dialog for name and password. (Playwright otherwise gives up without showing the answer.)</summary>
    internal async Task CancelDialogAsync()
    {
        var session = await Page.Context.NewCDPSessionAsync(Page);
        session.Event("Fetch.requestPaused").OnEvent += async (_, arguments) =>
            await TellAsync("Fetch.continueRequest", new() { ["requestId"] = arguments!.Value.GetProperty("requestId").GetString()! });
        session.Event("Fetch.authRequired").OnEvent += async (_, arguments) => await TellAsync("Fetch.continueWithAuth", new()
        {
            ["requestId"] = arguments!.Value.GetProperty("requestId").GetString()!,
            ["authChallengeResponse"] = new Dictionary<string, object> { ["response"] = "CancelAuth" },
        });
        await session.SendAsync("Fetch.enable", new() { ["handleAuthRequests"] = true });

        async Task TellAsync(string method, Dictionary<string, object> what)
        {
            try
            {
                await session.SendAsync(method, what);
            }
            catch (PlaywrightException)
            {
                // The visit ended while the page still asked for something.
            }
        }
    }

    internal async Task<IResponse> GoAsync(string path) => (await Page.GotoAsync(path))!;

    /// <summary>The tab goes to the back, or comes to the front again.</summary>
    internal Task LookAwayAsync(bool isAway) => Page.EvaluateAsync(
        "isAway => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => isAway }); document.dispatchEvent(new Event('visibilitychange')); }", isAway);

    internal async Task SignInAsync(string tenant, string password = Server.Password)
    {
        await GoAsync("/login");
        await Page.GetByLabel("Name").FillAsync(tenant);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>The page as it stands: no axe violation and no scrolling sideways, light and dark, wide and narrow; with a screenshot of each.</summary>
    internal async Task LooksRightAsync(string name)
    {
        Directory.CreateDirectory(Screenshots);
        foreach (var (width, height) in ((int, int)[])[(1280, 900), (390, 844)])
        {
            await Page.SetViewportSizeAsync(width, height);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await Page.EvaluateAsync("scrollTo(0, 0)");
                await Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
                // In the dark the same elements stand at the same places: what can differ is whether they are seen.
                await HasNoBarriersAsync($"{name} {width} {scheme}", scheme == ColorScheme.Light ? null : Axe.OfColours);
            }

            var beyond = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(beyond <= 0, $"{name} is {beyond} px wider than a screen of {width}");
        }

        await Page.SetViewportSizeAsync(1280, 900);
    }

    /// <summary>No axe violation.</summary>
    /// <param name="name">What is looked at.</param>
    /// <param name="rules">Null: all.</param>
    internal async Task HasNoBarriersAsync(string name, string[]? rules = null)
    {
        var violations = await Axe.ViolationsAsync(Page, rules);
        Assert.True(violations.Length == 0, $"{name}: {string.Join("; ", violations)}");
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        Assert.True(_troubles.IsEmpty, string.Join('\n', _troubles));
    }
}
