namespace FluxRestful.Tests.Conventions;

public sealed class SourceTreeTests
{
    private const int MaxLines = 300;
    private const int MaxFilesInFolder = 15;

    private static readonly string[] VagueFolders = ["Helpers", "Utils", "Common", "Models", "Interfaces"];

    [Fact]
    public void No_source_file_is_longer_than_300_lines()
    {
        var tooLong = SourceTree.Files("src").Concat(SourceTree.PageFiles())
            .Select(file => (file.Name, Lines: File.ReadLines(file.Path).Count()))
            .Where(file => file.Lines > MaxLines)
            .Select(file => $"{file.Name}: {file.Lines}");

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Namespaces_equal_folders()
    {
        var strays =
            from file in SourceTree.Files("src").Concat(SourceTree.Files("tests"))
            let declared = File.ReadLines(file.Path).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
            where declared is not null
            let parts = file.Name.Split('/')
            let expected = $"namespace {string.Join('.', parts[1..^1])};"
            where declared != expected
            select $"{file.Name}: {declared} (expected {expected})";

        Assert.Empty(strays);
    }

    [Fact]
    public void No_folder_holds_more_than_15_source_files()
    {
        var full = SourceTree.Files("src").Concat(SourceTree.PageFiles())
            .GroupBy(file => Path.GetDirectoryName(file.Name)!)
            .Where(folder => folder.Count() > MaxFilesInFolder)
            .Select(folder => $"{folder.Key}: {folder.Count()}");

        Assert.Empty(full);
    }

    [Fact]
    public void No_folder_has_a_vague_name()
    {
        var vague = SourceTree.Files("src").Concat(SourceTree.PageFiles()).Select(file => file.Name)
            .Where(name => name.Split('/').Any(part => VagueFolders.Contains(part)));

        Assert.Empty(vague);
    }
}
