using System.Runtime.CompilerServices;

namespace FluxRestful.Tests.Conventions;

/// <summary>The repository as files, found from where this file was compiled.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every .cs file under a top folder but generated ones, as (path from the root with '/', full path).</summary>
    public static IEnumerable<(string Name, string Path)> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(Root, path).Replace('\\', '/'), Path: path))
            .Where(file => !file.Name.Contains("/Migrations/", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    /// <summary>The pages' own files: components, scripts and styles, but nobody else's.</summary>
    public static IEnumerable<(string Name, string Path)> PageFiles() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".razor" or ".js" or ".css")
            .Select(path => (Name: Path.GetRelativePath(Root, path).Replace('\\', '/'), Path: path))
            .Where(file => !file.Name.Contains("/wwwroot/lib/", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var directory = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "FluxRestful.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests were not compiled inside the repository.");
    }
}
