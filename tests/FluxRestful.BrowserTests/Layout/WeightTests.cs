using FluxRestful.BrowserTests.Sites;
using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Layout;

public sealed class WeightTests(Site site)
{
    private const int Most = 60 * 1024;

    [Fact]
    public async Task The_list_of_fifty_jobs_comes_in_60_KiB_with_all_that_it_needs()
    {
        await site.Server.SubmitHeldAsync(Server.Bob, "weighed", 50);
        await using var visit = await site.VisitAsAsync(Server.Bob);
        var session = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await session.SendAsync("Network.enable");
        var weight = 0.0;
        var parts = new List<string>();
        var names = new Dictionary<string, string>();
        session.Event("Network.requestWillBeSent").OnEvent += (_, sent) =>
        {
            lock (names)
            {
                names[sent!.Value.GetProperty("requestId").GetString()!] = sent.Value.GetProperty("request").GetProperty("url").GetString()!;
            }
        };
        session.Event("Network.loadingFinished").OnEvent += (_, loaded) =>
        {
            lock (names)
            {
                // What a notice makes the page ask for comes when the page is there.
                if (names.GetValueOrDefault(loaded!.Value.GetProperty("requestId").GetString()!)?.Contains("/ui/", StringComparison.Ordinal) == true)
                {
                    return;
                }

                var bytes = loaded.Value.GetProperty("encodedDataLength").GetDouble();
                weight += bytes;
                parts.Add($"{bytes,7:0} {names.GetValueOrDefault(loaded.Value.GetProperty("requestId").GetString()!)}");
            }
        };
        await visit.GoAsync("/jobs");
        await Expect(visit.Page.Locator("tbody tr")).ToHaveCountAsync(50);
        await visit.Page.WaitForLoadStateAsync();
        lock (names)
        {
            TestContext.Current.SendDiagnosticMessage($"{weight:0} bytes:\n{string.Join('\n', parts)}");
            Assert.True(parts.Count >= 5 && weight < Most, $"{weight:0} bytes:\n{string.Join('\n', parts)}");
        }
    }
}
