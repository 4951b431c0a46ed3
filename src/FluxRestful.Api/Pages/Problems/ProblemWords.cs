using System.Globalization;
using FluxRestful.Api.Problems;

namespace FluxRestful.Api.Pages.Problems;

/// <summary>What a problem means for whoever sits before it: what happened, and what to do.</summary>
internal static class ProblemWords
{
    internal static string Title(ProblemType type) => type.Status switch
    {
        403 when type == ProblemType.Forbidden => "This is not for your account",
        404 when type == ProblemType.NotFound => "There is nothing here",
        429 => "Too much at once",
        409 => "This does not fit what is there now",
        422 => "This cannot be taken as it is",
        503 when type == ProblemType.Busy => "The server is busy",
        503 when type == ProblemType.BrokerUnavailable => "Flux cannot be reached",
        504 => "Flux did not answer in time",
        >= 500 when type == ProblemType.ServerError => "The server failed",
        _ => type.Title,
    };

    /// <param name="type">What happened.</param>
    /// <param name="isRead">Nothing was sent that could be lost.</param>
    /// <param name="wait">Seconds after which it may be otherwise.</param>
    internal static string? Advice(ProblemType type, bool isRead, int? wait) => type.Status switch
    {
        403 when type == ProblemType.OverLimit => "Ask for less, or ask whoever runs this server for more.",
        403 => "Your account does not have this right. Whoever runs this server can give it.",
        404 => "The address may be mistyped, or what was here is gone.",
        409 or 412 => "Something changed since the page was loaded. Go back, load it again, and look before you try once more.",
        400 or 422 => "Go back, correct what is named here, and send it once more. What you typed is still in the form.",
        429 => string.Create(CultureInfo.InvariantCulture, $"Come back in {wait ?? 60} s. Until then nothing of yours is taken in, and nothing is lost."),
        503 when type == ProblemType.Busy && isRead => "It passes by itself. The page asks again.",
        503 when type == ProblemType.Busy => string.Create(CultureInfo.InvariantCulture, $"Go back and send it once more in {wait ?? 5} s: what you typed is still in the form."),
        502 => "What Flux said stands above. Trying again may help, and may not.",
        503 or 504 when !isRead => "Whether it was done is not always known: look before you send it once more. What you typed is still there when you go back.",
        503 or 504 => "The server goes on trying by itself, and everything that does not need Flux works meanwhile: lists show what was last known.",
        >= 500 => "This is a fault of the server. The trace below tells its operators which.",
        _ => null,
    };
}
