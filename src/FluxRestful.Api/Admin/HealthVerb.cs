using FluxRestful.Api.Hosting;

namespace FluxRestful.Api.Admin;

/// <summary>Asks the server of this machine how it is: a container's health check needs no curl in the image.</summary>
internal sealed class HealthVerb(ServerOptions options, bool speaksTls, TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // The addresses that mean "all of mine" are none to connect to.
        var host = options.Host is "*" or "0.0.0.0" or "::" ? "localhost" : options.Host;
        var address = new UriBuilder(speaksTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, host, options.Port, "/health").Uri;
        // This machine's own server, whose certificate bears another name.
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var http = new HttpClient(handler) { Timeout = Patience };
        try
        {
            var answer = await http.GetFromJsonAsync(address, ServerJson.Default.HealthAnswer, cancellationToken);
            await output.WriteLineAsync(answer?.Status);
            return AdminVerbs.Done;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await errors.WriteLineAsync($"no answer from {address}");
            return AdminVerbs.Failed;
        }
    }
}
