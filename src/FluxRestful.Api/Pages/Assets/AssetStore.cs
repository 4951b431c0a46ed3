using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using FluxRestful.Api.Pages.Ansi;

namespace FluxRestful.Api.Pages.Assets;

/// <summary>
/// The styles, scripts and icons of the pages, from inside the assembly. One fingerprint stands for all of them and is part of every address: a browser
/// keeps a file for ever, and a module finds its neighbours by relative names.
/// </summary>
internal sealed class AssetStore
{
    internal const string StyleSheet = "site.css";

    /// <summary>The colours of terminals.</summary>
    internal const string AnsiSheet = "ansi.css";

    private const string Root = "wwwroot/";

    // In this order: later rules win.
    private static readonly string[] Styles = ["tokens", "base", "layout", "controls", "table", "state", "pages", "jobs", "job", "log", "submit", "cluster", "charts", "admin"];

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, Asset> _assets;

    private AssetStore(Dictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(content);
        }

        Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
        _assets = files.ToFrozenDictionary(file => file.Key, file => new Asset(ContentTypes[Path.GetExtension(file.Key)], file.Value), StringComparer.Ordinal);
    }

    internal static AssetStore Instance { get; } = new(Read());

    internal string Fingerprint { get; }

    /// <summary>Where a page finds a file: <c>js/app.js</c>, <c>lib/icons.svg</c>, <see cref="StyleSheet"/>.</summary>
    internal string Address(string name) =>
        _assets.ContainsKey(name) ? $"/assets/{Fingerprint}/{name}" : throw new ArgumentException($"There is no file {name} among the pages' files.", nameof(name));

    internal Asset? Find(string name) => _assets.GetValueOrDefault(name);

    private static Dictionary<string, byte[]> Read()
    {
        var assembly = typeof(AssetStore).Assembly;
        var files = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .ToDictionary(name => name[Root.Length..], name => Read(assembly.GetManifestResourceStream(name)!), StringComparer.Ordinal);
        var sheet = new List<byte>();
        foreach (var style in Styles)
        {
            files.Remove($"css/{style}.css", out var content);
            sheet.AddRange(content!);
        }

        files[StyleSheet] = [.. sheet];
        files[AnsiSheet] = Encoding.UTF8.GetBytes(AnsiPalette.StyleSheet());
        return files;
    }

    private static byte[] Read(Stream stream)
    {
        using (stream)
        {
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
    }
}
