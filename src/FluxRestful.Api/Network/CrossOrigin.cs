using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Network;

/// <summary>Lets the scripts of named web sites use the server, with a token that they hold; never with what a browser adds by itself. Nobody is named unless set.</summary>
internal static class CrossOrigin
{
    private static readonly string[] Exposed = ["Location", "Retry-After", "WWW-Authenticate", "Idempotent-Replayed"];

    internal static void UseAllowedOrigins(this IApplicationBuilder app)
    {
        var origins = app.ApplicationServices.GetRequiredService<IOptions<NetworkOptions>>().Value.AllowedOrigins;
        if (origins.Count > 0)
        {
            app.UseCors(policy => policy
                .WithOrigins([.. origins])
                .WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
                .WithHeaders("Accept", "Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID")
                .WithExposedHeaders(Exposed)
                .DisallowCredentials()
                .SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
        }
    }
}
