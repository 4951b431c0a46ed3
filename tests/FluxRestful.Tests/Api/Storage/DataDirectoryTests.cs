using System.Diagnostics;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;

namespace FluxRestful.Tests.Api.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("flux-restful-test-");

    private string Place => Path.Combine(_root.FullName, "made", "data");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void A_new_directory_is_the_owners_alone()
    {
        var directory = DataDirectory.Open(Place);
        Assert.Equal("700", Mode(directory.Path));
        Assert.Equal("600", Mode(directory.DatabasePath));
    }

    [Fact]
    public void A_key_is_made_once_and_is_the_owners_alone()
    {
        var key = DataDirectory.Open(Place).KeyFile("thing");
        Assert.Equal(64, key.Length);
        Assert.Equal(key, DataDirectory.Open(Place).KeyFile("thing"));
        Assert.NotEqual(key, DataDirectory.Open(Place).KeyFile("other"));
        Assert.Equal("600", Mode(Path.Combine(Place, "thing.key")));
    }

    [Fact]
    public void Many_who_ask_for_a_new_key_at_once_get_the_same()
    {
        var directory = DataDirectory.Open(Place);
        for (var round = 0; round < 50; round++)
        {
            var keys = new byte[8][];
            using var together = new Barrier(keys.Length);
            var askers = Enumerable.Range(0, keys.Length).Select(at => new Thread(() =>
            {
                together.SignalAndWait(TestContext.Current.CancellationToken);
                keys[at] = directory.KeyFile("thing");
            })).ToList();
            askers.ForEach(asker => asker.Start());
            askers.ForEach(asker => asker.Join());
            Assert.All(keys, key => Assert.Equal(keys[0], key));
            Assert.Equal(["flux-restful.db", "thing.key"], Directory.GetFiles(Place).Select(Path.GetFileName).Order());
            File.Delete(Path.Combine(Place, "thing.key"));
        }
    }

    [Theory]
    [InlineData("thing.key")]
    [InlineData("flux-restful.db")]
    [InlineData("flux-restful.db-wal")]
    [InlineData("flux-restful.db-shm")]
    [InlineData("audit.jsonl.2")]
    public void Files_that_others_can_read_stop_the_start(string name)
    {
        DataDirectory.Open(Place).KeyFile("thing");
        File.AppendAllText(Path.Combine(Place, name), "");
        File.SetUnixFileMode(Path.Combine(Place, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var problem = Assert.Throws<SettingsException>(() => DataDirectory.Open(Place));
        Assert.Contains(name, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith("FLUX_RESTFUL_DATA: ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("flux-restful.db")]
    [InlineData("thing.key")]
    public void What_belongs_to_another_account_stops_the_start_even_of_root_and_however_it_is_closed(string name)
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can give a file away.");
        DataDirectory.Open(Place).KeyFile("thing");
        using (var chown = Process.Start("chown", ["65534", Path.Combine(Place, name)]))
        {
            chown.WaitForExit();
        }

        var problem = Assert.Throws<SettingsException>(() => DataDirectory.Open(Place));
        Assert.Contains("belongs to account 65534 and the server runs as 0", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whose_a_file_is_is_told_and_only_ones_own_and_roots_are_trusted()
    {
        Assert.Equal(FileOwner.Own, FileOwner.Of(_root.FullName));
        Assert.Equal(0u, FileOwner.Of("/proc/1/stat"));
        Assert.Null(FileOwner.Of(Place + "/none"));
        Assert.True(FileOwner.IsTrusted(1000, 1000));
        Assert.True(FileOwner.IsTrusted(0, 1000));
        Assert.False(FileOwner.IsTrusted(1000, 0));
        Assert.False(FileOwner.IsTrusted(1001, 1000));
    }

    [Fact]
    public async Task Whatever_the_server_keeps_there_is_the_owners_alone()
    {
        await using var app = new Fakes.TestApp();
        await app.AddTenantAsync("alice", "password");
        var files = Directory.GetFiles(app.DataDirectory);
        Assert.Contains(Path.Combine(app.DataDirectory, "flux-restful.db-wal"), files);
        Assert.Contains(Path.Combine(app.DataDirectory, "flux-restful.db-shm"), files);
        Assert.All(files, file => Assert.Equal("600", Mode(file)));
    }

    [Fact]
    public void A_directory_with_content_that_others_can_enter_stops_the_start()
    {
        DataDirectory.Open(Place);
        Open(Place);
        Assert.Throws<SettingsException>(() => DataDirectory.Open(Place));
    }

    [Fact]
    public void An_empty_directory_that_others_can_enter_is_closed()
    {
        Directory.CreateDirectory(Place);
        Open(Place);
        DataDirectory.Open(Place);
        Assert.Equal("700", Mode(Place));
    }

    [Fact]
    public void A_shared_directory_is_left_as_it_is()
    {
        Directory.CreateDirectory(Place);
        Open(Place, UnixFileMode.StickyBit | UnixFileMode.OtherWrite);
        var before = Mode(Place);
        Assert.Throws<SettingsException>(() => DataDirectory.Open(Place));
        Assert.Equal(before, Mode(Place));
    }

    [Fact]
    public void A_key_that_is_too_short_to_be_one_stops_the_start()
    {
        var directory = DataDirectory.Open(Place);
        directory.KeyFile("thing");
        File.WriteAllBytes(Path.Combine(Place, "thing.key"), new byte[31]);
        Assert.Throws<SettingsException>(() => directory.KeyFile("thing"));
    }

    [Fact]
    public void A_file_in_the_place_of_the_directory_stops_the_start()
    {
        File.WriteAllText(Path.Combine(_root.FullName, "made"), "");
        Assert.Throws<SettingsException>(() => DataDirectory.Open(Place));
    }

    private static void Open(string path, UnixFileMode more = 0) => File.SetUnixFileMode(
        path,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute | more);

    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
