using System.Text.Json;

namespace FluxRestful.Tests.Fakes;

/// <summary>A recorded exchange from Fixtures/transcripts.</summary>
internal sealed record Transcript(string Name, IReadOnlyList<Transcript.Item> Items)
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures", "transcripts");

    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Root, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file)[..^".json".Length]).Order();

    public static Transcript Load(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, name + ".json")));

        // Those of the multi-user scenarios are the bare list of items.
        var items = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement : json.RootElement.GetProperty("items");
        return new Transcript(name, [.. items.EnumerateArray().Where(item => item.TryGetProperty("hex", out _)).Select(Read)]);
    }

    private static Item Read(JsonElement item)
    {
        var decoded = item.GetProperty("decoded");
        return new Item(
            item.GetProperty("dir").GetString() == "c2s",
            Convert.FromHexString(item.GetProperty("hex").GetString()!),
            decoded.GetProperty("type").GetString()!,
            item.TryGetProperty("conn", out var connection) ? connection.GetString() ?? "" : "",
            decoded.Clone());
    }

    /// <param name="Type"><c>auth</c>, <c>request</c>, <c>response</c>, <c>event</c>, or <c>malformed</c> for deliberate rubbish.</param>
    internal sealed record Item(bool FromClient, byte[] Bytes, string Type, string Connection, JsonElement Decoded)
    {
        public bool IsFrame => Type is "request" or "response" or "event";
    }
}
