using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace FluxRestful.Api.Hosting.Http;

/// <summary>A route whose answers may be compressed: they hold nothing secret of the server's, or nothing that the request says comes back in them.</summary>
/// <param name="OnlyWithoutQuery">A query comes back in the answer: then it is not compressed.</param>
internal sealed record CompressedAnswers(bool OnlyWithoutQuery = false);

/// <summary>
/// Compression, where a client asks for it, on routes that say so and nowhere else: the length of a compressed answer tells what it has in common with the
/// request (BREACH), so none that holds a token, a password or a form's secret is ever compressed.
/// </summary>
internal static class Compression
{
    internal static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.Providers.Add<GzipCompressionProvider>();
            options.Providers.Add<BrotliCompressionProvider>();
            options.MimeTypes = ["text/plain", "application/json", "text/html", "text/css", "text/javascript", "image/svg+xml"];
        });
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    /// <summary>After routing.</summary>
    internal static void UseCompression(this IApplicationBuilder app) => app.UseWhen(
        context => context.GetEndpoint()?.Metadata.GetMetadata<CompressedAnswers>() is { } answers
            && !(answers.OnlyWithoutQuery && context.Request.QueryString.HasValue),
        branch => branch.UseResponseCompression());

    internal static TBuilder Compressed<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new CompressedAnswers());
}
