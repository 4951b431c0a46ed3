using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace FluxRestful.BrowserTests.Sites;

/// <summary>axe in the page itself, brought there once a document. (The package for Playwright brings it each time, and again to a tab that it opens for the result.)</summary>
internal static class Axe
{
    /// <summary>What can differ between light and dark.</summary>
    internal static readonly string[] OfColours = ["color-contrast", "link-in-text-block"];

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Which rules are broken, and by which elements.</summary>
    /// <param name="page">It has no frames.</param>
    /// <param name="rules">Null: all.</param>
    internal static async Task<string[]> ViolationsAsync(IPage page, string[]? rules)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        // What passes is not told: that alone is a good part of the time.
        return await page.EvaluateAsync<string[]>(
            """
            async rules => {
                const options = { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) };
                const found = await axe.run(document, options);
                return found.violations.map(each => `${each.id} at ${each.nodes.slice(0, 3).map(node => node.html).join(", ")}`);
            }
            """,
            rules);
    }
}
