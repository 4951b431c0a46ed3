using static Microsoft.Playwright.Assertions;

namespace FluxRestful.BrowserTests.Sites;

/// <summary>What looks for barriers finds one that is there.</summary>
public sealed class AxeTests(Site site)
{
    [Fact]
    public async Task A_picture_without_words_and_words_that_can_not_be_seen_are_found()
    {
        await using var visit = await site.VisitAsync();
        await visit.GoAsync("/login");
        Assert.Empty(await Axe.ViolationsAsync(visit.Page, null));
        await visit.Page.EvaluateAsync(
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\" class=\"wordless\"><p class=\"pale\">pale</p>'), document.querySelector('.pale').style.color = 'rgb(250, 250, 250)'");
        await Expect(visit.Page.Locator(".pale")).ToBeVisibleAsync();
        Assert.Contains(await Axe.ViolationsAsync(visit.Page, null), found => found.StartsWith("image-alt at <img", StringComparison.Ordinal) && found.Contains("wordless", StringComparison.Ordinal));
        Assert.Contains("pale", Assert.Single(await Axe.ViolationsAsync(visit.Page, Axe.OfColours)), StringComparison.Ordinal);
    }
}
