using System.Globalization;

namespace FluxRestful.Api.Pages.Words;

/// <summary>Amounts of bytes as people read them: <c>340 B</c>, <c>12.3 KiB</c>, <c>4.1 MiB</c>.</summary>
internal static class Bytes
{
    internal static string Of(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.#} GiB"),
    };
}
