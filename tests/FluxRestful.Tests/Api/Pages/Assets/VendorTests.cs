using System.Security.Cryptography;
using System.Text.Json;
using FluxRestful.Api.Pages.Assets;

namespace FluxRestful.Tests.Api.Pages.Assets;

/// <summary>What others wrote is here as they published it, and is listed.</summary>
public sealed class VendorTests
{
    [Fact]
    public void The_list_of_vendored_files_names_each_of_them_with_its_hash()
    {
        using var list = JsonDocument.Parse(AssetStore.Instance.Find("lib/vendor.json")!.Content);
        var files = list.RootElement.EnumerateArray().Select(entry => (File: entry.GetProperty("file").GetString()!, Hash: entry.GetProperty("sha256").GetString())).ToList();
        foreach (var (file, hash) in files)
        {
            Assert.True(hash == Convert.ToHexStringLower(SHA256.HashData(AssetStore.Instance.Find("lib/" + file)!.Content)), file);
        }

        var there = Directory.GetFiles(Path.Combine(Conventions.SourceTree.Root, "src/FluxRestful.Api/wwwroot/lib")).Select(path => Path.GetFileName(path)!);
        Assert.Equal(there.Order(StringComparer.Ordinal), files.Select(entry => entry.File).Append("vendor.json").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_file_of_the_pages_names_another_origin()
    {
        // A namespace is a name, not an address.
        var own = Conventions.SourceTree.PageFiles().Where(file => File.ReadAllText(file.Path).Replace("http://www.w3.org", "", StringComparison.Ordinal) is var text
            && (text.Contains("http://", StringComparison.OrdinalIgnoreCase) || text.Contains("https://", StringComparison.OrdinalIgnoreCase)));
        Assert.Empty(own.Select(file => file.Name));
    }
}
