using FluxRestful.Api.Hosting;
using FluxRestful.Api.Settings;
using Microsoft.Extensions.Configuration;

namespace FluxRestful.Tests.Api.Settings;

public sealed class ServerOptionsReaderTests
{
    [Fact]
    public void Nothing_set_is_a_server_on_loopback_that_requires_signing_in()
    {
        var options = Read();
        Assert.True(options.RequireAuth);
        Assert.Equal("127.0.0.1", options.Host);
        Assert.Equal(5000, options.Port);
        Assert.Equal("fluxuser", options.FluxUser);
        Assert.Equal(600, options.AccessTokenMinutes);
        Assert.Equal(11, options.PasswordCost);
        Assert.Equal(BrokerMode.Auto, options.BrokerMode);
        Assert.Null(options.FluxToken);
        Assert.Null(options.NumberNodes);
        Assert.Null(options.FluxUri);
        Assert.False(options.HasGpus);
        Assert.Empty(options.OptionFlags);
        Assert.Empty(options.Users);
    }

    [Fact]
    public void A_secret_key_nobody_set_is_another_one_each_time()
    {
        Assert.True(Read().SecretKey.Length >= 32);
        Assert.NotEqual(Read().SecretKey, Read().SecretKey);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("", true)]
    [InlineData("FALSE", false)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    public void Requiring_authentication_means_what_it_says(string written, bool meant) =>
        Assert.Equal(meant, Read(("FLUX_REQUIRE_AUTH", written)).RequireAuth);

    [Theory]
    [InlineData("FLUX_REQUIRE_AUTH", "maybe")]
    [InlineData("FLUX_HAS_GPUS", "2")]
    [InlineData("FLUX_HAS_GPU", "si")]
    [InlineData("FLUX_SERVER_MODE", "multi-user")]
    [InlineData("FLUX_SERVER_MODE", "solo")]
    [InlineData("FLUX_NUMBER_NODES", "0")]
    [InlineData("FLUX_NUMBER_NODES", "four")]
    [InlineData("FLUX_ACCESS_TOKEN_EXPIRES_MINUTES", "-1")]
    [InlineData("FLUX_ACCESS_TOKEN_EXPIRES_MINUTES", "99999999999")]
    [InlineData("FLUX_OPTION_FLAGS", "-ompi")]
    [InlineData("FLUX_OPTION_FLAGS", "-ompi='none")]
    [InlineData("FLUX_USER", "-rf")]
    [InlineData("FLUX_USER", "a\nb")]
    [InlineData("FLUX_TOKEN_FILE", "/does/not/exist")]
    [InlineData("HOST", "example.org")]
    [InlineData("HOST", "0.0.0.0 ; rm")]
    [InlineData("PORT", "65536")]
    [InlineData("PORT", "+80")]
    [InlineData("Broker:Mode", "real")]
    [InlineData("Broker:MaxOutputBytes", "7")]
    [InlineData("Passwords:Cost", "4")]
    [InlineData("Passwords:Cost", "31")]
    [InlineData("Users:0:Name", "../etc")]
    public void A_value_that_makes_no_sense_is_refused_by_name(string name, string value) =>
        Assert.StartsWith(name + ": ", Refused((name, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("FLUX_TOKEN", "nul\0inside")]
    [InlineData("Users:0:Password", "nul\0inside")]
    public void A_secret_that_makes_no_sense_is_not_repeated(string name, string value)
    {
        var message = Refused((name, value), ("Users:0:Name", "peenut"));
        Assert.StartsWith(name + ": ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("inside", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_bcrypt_would_cut_off_is_refused() =>
        Assert.StartsWith("FLUX_TOKEN: ", Refused(("FLUX_TOKEN", new string('ä', 37))), StringComparison.Ordinal);

    [Fact]
    public void All_complaints_come_at_once()
    {
        var message = Refused(("PORT", "x"), ("HOST", "x"), ("FLUX_SERVER_MODE", "multi-user"));
        Assert.Equal(3, message.Split(Environment.NewLine).Length);
        Assert.Contains("single-user only", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("*")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public void Without_authentication_only_loopback_is_listened_on(string host)
    {
        Assert.StartsWith("FLUX_REQUIRE_AUTH: ", Refused(("FLUX_REQUIRE_AUTH", "false"), ("HOST", host)), StringComparison.Ordinal);
        Assert.False(Read(("FLUX_REQUIRE_AUTH", "false"), ("HOST", host), (ServerOptionsReader.AllowAnonymousNetwork, "true")).RequireAuth);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public void Without_authentication_loopback_is_fine(string host) =>
        Assert.False(Read(("FLUX_REQUIRE_AUTH", "no"), ("HOST", host)).RequireAuth);

    [Fact]
    public void A_secret_from_a_file_wins_and_loses_its_line_end()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "from the file\n");
            Assert.Equal("from the file", Read(("FLUX_TOKEN", "from the variable"), ("FLUX_TOKEN_FILE", file)).FluxToken);
            File.WriteAllText(file, "\n");
            Assert.StartsWith("FLUX_TOKEN_FILE: ", Refused(("FLUX_TOKEN_FILE", file)), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Declared_tenants_are_read_in_order()
    {
        var users = Read(("Users:0:Name", "peenut"), ("Users:1:name", "squidward"), ("Users:1:Password", "clarinet")).Users;
        Assert.Equal([new DeclaredTenant("peenut", null), new DeclaredTenant("squidward", "clarinet")], users);
    }

    [Fact]
    public void A_tenant_declared_twice_is_refused() =>
        Assert.StartsWith("Users:1:Name: ", Refused(("Users:0:Name", "peenut"), ("Users:1:Name", "peenut")), StringComparison.Ordinal);

    [Fact]
    public void Gpus_go_by_both_names()
    {
        Assert.True(Read(("FLUX_HAS_GPUS", "yes")).HasGpus);
        Assert.True(Read(("FLUX_HAS_GPU", "yes")).HasGpus);
        Assert.False(Read(("FLUX_HAS_GPUS", "no"), ("FLUX_HAS_GPU", "yes")).HasGpus);
    }

    [Fact]
    public void What_the_options_print_of_themselves_holds_no_secret()
    {
        var text = Read(("FLUX_TOKEN", "hush"), ("FLUX_SECRET_KEY", "hush"), ("Users:0:Name", "peenut"), ("Users:0:Password", "hush")).ToString();
        Assert.DoesNotContain("hush", text, StringComparison.Ordinal);
    }

    private static ServerOptions Read(params (string Name, string Value)[] settings) =>
        ServerOptionsReader.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .AddInMemoryCollection([new("FLUX_RESTFUL_DATA", "/nowhere")])
            .Build());

    private static string Refused(params (string Name, string Value)[] settings) => Assert.Throws<SettingsException>(() => Read(settings)).Message;
}
