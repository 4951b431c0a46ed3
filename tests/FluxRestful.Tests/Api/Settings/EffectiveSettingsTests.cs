using FluxRestful.Api.Hosting;
using FluxRestful.Api.Settings;
using Microsoft.Extensions.Configuration;

namespace FluxRestful.Tests.Api.Settings;

public sealed class EffectiveSettingsTests
{
    [Fact]
    public void Secrets_are_masked_and_what_the_server_does_not_read_is_not_shown()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Tokens:RotateKeysAfterDays", "30"), new("Network:CertificatePassword", "sesame"), new("Tokens:Issuers:0:ClientSecret", "sesame"),
            new("SOMEBODYS_PASSWORD", "sesame"), new("PATH", "/bin"),
        ]).Build();
        var settings = new EffectiveSettings(new ServerOptions { SecretKey = "sesame", FluxToken = "sesame", DataDirectory = "/data" }, configuration).Read();
        Assert.DoesNotContain(settings, setting => setting.Value?.Contains("sesame", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(settings, setting => setting.Name is "PATH" or "SOMEBODYS_PASSWORD");
        Assert.Contains(("Tokens:RotateKeysAfterDays", "30"), settings);
        Assert.Contains(("FLUX_SECRET_KEY", EffectiveSettings.Masked), settings);
        Assert.Contains(("FLUX_URI", null), settings);
    }
}
