using FluxRestful.Api.Settings;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace FluxRestful.Tests.Api.Secrets;

public sealed class SecretFilesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("flux-restful-test-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Place => Path.Combine(_root.FullName, "secret");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("FLUX_TOKEN")]
    [InlineData("FLUX_SECRET_KEY")]
    public void A_secret_comes_from_its_file_without_the_line_break_at_its_end(string name)
    {
        File.WriteAllText(Place, " a secret \r\n\n");
        var options = Read(name + "_FILE", Place);
        Assert.Equal(" a secret ", name == "FLUX_TOKEN" ? options.FluxToken : options.SecretKey);
        Assert.Empty(options.SecretsInEnvironment);
    }

    [Fact]
    public void A_file_that_others_can_read_is_told_of_and_one_they_cannot_is_not()
    {
        File.WriteAllText(Place, "secret");
        File.SetUnixFileMode(Place, UnixFileMode.UserRead);
        Assert.Empty(Read("FLUX_TOKEN_FILE", Place).OpenSecretFiles);
        File.SetUnixFileMode(Place, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Equal([Place], Read("FLUX_TOKEN_FILE", Place).OpenSecretFiles);
    }

    [Fact]
    public void A_file_that_is_not_there_or_empty_stops_the_start_by_name()
    {
        Assert.StartsWith("FLUX_TOKEN_FILE: ", Assert.Throws<SettingsException>(() => Read("FLUX_TOKEN_FILE", Place)).Message, StringComparison.Ordinal);
        File.WriteAllText(Place, "\n");
        Assert.StartsWith("FLUX_TOKEN_FILE: ", Assert.Throws<SettingsException>(() => Read("FLUX_TOKEN_FILE", Place)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_warns_of_a_secret_file_that_others_can_read_without_telling_it()
    {
        File.WriteAllText(Place, "hush-hush");
        File.SetUnixFileMode(Place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var log = new MemoryLog();
        await using var app = new TestApp
        {
            ConfigureServices = services => services.AddSingleton<ILogEventSink>(log),
            Settings = { ["FLUX_TOKEN"] = null, ["FLUX_TOKEN_FILE"] = Place },
        };
        Assert.True((await app.Anonymous().GetAsync("/health", Token)).IsSuccessStatusCode);
        Assert.Contains($"Other accounts can read the secret in {Place}", log.Text.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", log.Text, StringComparison.Ordinal);
    }

    private static FluxRestful.Api.Hosting.ServerOptions Read(string name, string value) =>
        ServerOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection([new(name, value), new("FLUX_RESTFUL_DATA", "/nowhere")]).Build());
}
