namespace FluxRestful.Api.Restful.Requests;

/// <summary>Reads a form, whatever was sent as one.</summary>
internal static class SentForm
{
    /// <summary>Null: it is broken, cut off, or in an encoding that is not read.</summary>
    /// <exception cref="BadHttpRequestException">The request itself is at fault: too large, say.</exception>
    public static async Task<IFormCollection?> TryReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception broken) when (broken is InvalidDataException or NotSupportedException or IOException and not BadHttpRequestException)
        {
            return null;
        }
    }
}
