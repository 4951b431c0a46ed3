using System.Text.Json;

namespace FluxRestful.Api.Pages.Assets;

/// <summary>What of the pages others wrote, as <c>vendor.json</c> lists it.</summary>
internal static class VendoredFiles
{
    internal static IReadOnlyList<(string File, string Name, string Version, string Licence)> All { get; } = Read();

    private static List<(string, string, string, string)> Read()
    {
        using var list = JsonDocument.Parse(AssetStore.Instance.Find("lib/vendor.json")!.Content);
        return [.. list.RootElement.EnumerateArray().Select(file => (Text(file, "file"), Text(file, "name"), Text(file, "version"), Text(file, "licence")))];
    }

    private static string Text(JsonElement file, string name) => file.GetProperty(name).GetString() ?? "";
}
