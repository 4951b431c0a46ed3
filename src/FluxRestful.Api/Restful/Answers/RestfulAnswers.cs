using System.Text.Json.Serialization.Metadata;

namespace FluxRestful.Api.Restful.Answers;

/// <summary>The shapes in which <c>/v1</c> says no, and those in which it says yes without a job.</summary>
internal static class RestfulAnswers
{
    public const string NoSuchJob = "There is no job with this id.";

    /// <summary>Also for a job of somebody else.</summary>
    public static IResult UnknownJob => Refusal(StatusCodes.Status404NotFound, NoSuchJob);

    public static IResult MalformedJobId => Unprocessable([new RestfulFieldError(["path", "jobid"], "value is not a valid job id", "value_error.jobid")]);

    /// <summary><c>{"detail": text}</c>: what FastAPI makes of a refusal.</summary>
    public static IResult Detail(int status, string text) => Json(status, new RestfulDetail(text), RestfulJson.Default.RestfulDetail);

    /// <summary>422 with one entry per bad field.</summary>
    public static IResult Unprocessable(IReadOnlyList<RestfulFieldError> errors) =>
        Json(StatusCodes.Status422UnprocessableEntity, new RestfulFieldErrors(errors), RestfulJson.Default.RestfulFieldErrors);

    public static IResult Message(int status, string text, string? id = null) => Answer(status, new RestfulAnswer(text) { Id = id });

    /// <summary>A message that is also <c>detail</c>: some clients read one, some the other.</summary>
    public static IResult Refusal(int status, string text, string? id = null) => Answer(status, new RestfulAnswer(text) { Id = id, Detail = text });

    public static IResult Invalid(IReadOnlyList<string> errors) =>
        Answer(StatusCodes.Status400BadRequest, new RestfulAnswer("Invalid submit request") { Errors = errors });

    public static IResult NotSubmitted(string error) =>
        Answer(StatusCodes.Status400BadRequest, new RestfulAnswer("There was an issue submitting that job.") { Error = error });

    public static IResult Submitted(string message, ulong id) =>
        Json(StatusCodes.Status200OK, new RestfulSubmitted(message, id), RestfulJson.Default.RestfulSubmitted);

    public static IResult Output(IReadOnlyList<string> lines) => Json(StatusCodes.Status200OK, new RestfulOutput(lines), RestfulJson.Default.RestfulOutput);

    public static IResult Nodes(IReadOnlyList<string> names) => Json(StatusCodes.Status200OK, new RestfulNodes(names), RestfulJson.Default.RestfulNodes);

    private static IResult Answer(int status, RestfulAnswer answer) => Json(status, answer, RestfulJson.Default.RestfulAnswer);

    private static IResult Json<T>(int status, T answer, JsonTypeInfo<T> type) => Results.Json(answer, type, statusCode: status);
}
