namespace FluxRestful.Tests.Api.Broker;

public sealed class EmbeddedOutputTests
{
    [Theory]
    [InlineData("4096", false)]
    [InlineData("1048576", true)]
    public async Task Of_a_jobs_output_as_much_is_kept_as_the_setting_says(string most, bool isAll)
    {
        await using var app = await ApiApp.StartAsync(("FLUX_URI", null), ("Broker:Mode", "embedded"), ("Broker:MaxOutputBytes", most));
        var id = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["seq", "2000"] }, 201)).GetProperty("id").GetString();
        await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=ended");
        var found = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/output?search=2000");
        Assert.Equal(isAll, found.GetRawText().Contains("\"2000\"", StringComparison.Ordinal));
    }
}
