using FluxRestful.Api.Pages.Problems;
using Microsoft.AspNetCore.Antiforgery;

namespace FluxRestful.Api.Pages;

/// <summary>
/// A form must carry the token that came with its page, whoever sends it: a browser adds cookies, and a remembered name and password, to whatever another
/// site makes it send.
/// </summary>
internal static class FormCheck
{
    internal static RouteHandlerBuilder ChecksForm(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        try
        {
            return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
                ? await next(context)
                : Page.Of<ProblemPage>(
                    StatusCodes.Status400BadRequest,
                    (nameof(ProblemPage.Title), "This form is out of date"),
                    (nameof(ProblemPage.Detail), "Somebody signed in or out since the page was loaded, or the form did not come from this server."),
                    (nameof(ProblemPage.Advice), "Go back, load the page again, and send the form once more."));
        }
        catch (AntiforgeryValidationException unread) when (unread.InnerException is BadHttpRequestException refused)
        {
            // It is too large, or ends in the middle: that is told as of any other request.
            throw new BadHttpRequestException(refused.Message, refused.StatusCode, refused);
        }
        catch (AntiforgeryValidationException unread) when (unread.InnerException is InvalidDataException)
        {
            return Page.Of<ProblemPage>(
                StatusCodes.Status400BadRequest,
                (nameof(ProblemPage.Title), "This form cannot be read"),
                (nameof(ProblemPage.Detail), "There is a zero byte in it, or more than a form may hold."),
                (nameof(ProblemPage.Advice), "Go back and take out what came from a file that is no text."));
        }
    });
}
