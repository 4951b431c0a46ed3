namespace FluxRestful.Api.Pages.Assets;

internal static class AssetRoutes
{
    internal const string Prefix = "/assets";

    internal static void MapAssets(this IEndpointRouteBuilder app) =>
        app.MapGet(Prefix + "/{fingerprint}/{**name}", Send).AllowAnonymous().ExcludeFromDescription();

    internal static async Task Send(string fingerprint, string? name, HttpContext context)
    {
        var response = context.Response;
        if (AssetStore.Instance.Find(name ?? "") is not { } asset)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // A page of an older server asks for an older fingerprint: it gets what there is, but must not keep it.
        response.Headers.CacheControl = fingerprint == AssetStore.Instance.Fingerprint ? "public, max-age=31536000, immutable" : "no-store";
        response.Headers.Vary = "Accept-Encoding";
        response.ContentType = asset.ContentType;
        var (encoding, bytes) = asset.For(context.Request.Headers.AcceptEncoding.ToString());
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
