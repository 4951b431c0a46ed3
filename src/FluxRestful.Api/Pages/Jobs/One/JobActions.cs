using System.Globalization;
using System.Text.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Control;
using FluxRestful.Api.Jobs.Endpoints;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Pages.Jobs.One;

/// <summary>What can be done to a job from its page, besides canceling: each is a question with a page of its own, asked in a dialog where there are scripts.</summary>
internal static class JobActions
{
    private const int LongestMemo = 1000;

    internal static void MapJobActions(this IEndpointRouteBuilder pages)
    {
        var writes = pages.MapGroup("").Requires(Permission.JobsWrite);
        foreach (var action in (string[])["signal", "urgency", "limit", "memo"])
        {
            writes.MapGet("/jobs/{id}/" + action, (GivenJobId id, HttpContext context, TenantJobs jobs, CancellationToken cancellationToken) =>
                Ask(id, action, context, jobs, cancellationToken)).Requires(Permission.JobsRead);
            writes.MapPost("/jobs/{id}/" + action, (GivenJobId id, HttpContext context, TenantJobs jobs, CancellationToken cancellationToken) =>
                Do(id, action, context, jobs, cancellationToken)).ChecksForm();
        }
    }

    /// <summary>What is said above the page when it is done.</summary>
    internal static string? Done(string? action) => action switch
    {
        "signal" => "The signal has been sent.",
        "urgency" => "The urgency has been changed.",
        "limit" => "The time limit has been changed.",
        "memo" => "The memo has been noted.",
        _ => null,
    };

    /// <summary>Whether it can be done to a job that stands so.</summary>
    internal static bool IsPossible(string action, JobRecord job) => job.State != JobState.Inactive && action switch
    {
        "signal" => job.State == JobState.Run,
        "urgency" => job.State is not (JobState.Run or JobState.Cleanup),
        _ => true,
    };

    internal static async Task<IResult> Ask(GivenJobId id, string action, HttpContext context, TenantJobs jobs, CancellationToken cancellationToken) =>
        id.Id is { } job && await jobs.FindEntryAsync(job, cancellationToken) is { Record: var record }
            ? Show(context, StatusCodes.Status200OK, new JobActionView(record, action, Now(action, record), null))
            : ProblemPage.UnknownJob(id.Text);

    internal static async Task<IResult> Do(GivenJobId id, string action, HttpContext context, TenantJobs jobs, CancellationToken cancellationToken)
    {
        if (id.Id is not { } job || await jobs.FindEntryAsync(job, cancellationToken) is not { Record: var record })
        {
            return ProblemPage.UnknownJob(id.Text);
        }

        // A button of the form may have a value of its own; it stands behind that of the field.
        var value = (await context.Request.ReadFormAsync(cancellationToken))["value"].LastOrDefault()?.Trim() ?? "";
        var errors = new Dictionary<string, string[]>();
        if (Read(action, value, errors) is not { } command)
        {
            return Show(context, StatusCodes.Status422UnprocessableEntity, new JobActionView(record, action, value, errors.First().Value[0]));
        }

        try
        {
            var result = await jobs.ControlAsync(job, command, cancellationToken);
            return result.Outcome switch
            {
                JobOutcome.Done => TypedResults.LocalRedirect($"/jobs/{job}?done={action}"),
                JobOutcome.Unknown => ProblemPage.UnknownJob(id.Text),
                _ => Show(context, StatusCodes.Status409Conflict, new JobActionView(record, action, value, result.Detail ?? "Flux does not take it.")),
            };
        }
        catch (Exception failure) when (BrokerProblem.Of(failure) is { } problem)
        {
            return Show(context, problem.Type.Status, new JobActionView(record, action, value, problem.Detail));
        }
    }

    private static JobCommand? Read(string action, string value, Dictionary<string, string[]> errors) => action switch
    {
        "signal" => JobCommandReader.Signal(value, errors),
        "urgency" => JobCommandReader.Urgency(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var urgency) ? urgency : null, errors),
        "limit" => JobCommandReader.Update(value, null, errors),
        _ => JobCommandReader.Memo(Memo(value[..Math.Min(value.Length, LongestMemo)]), errors),
    };

    // A null takes the note away.
    private static JsonElement Memo(string text) => JsonElement.Parse($$"""{"note":{{(text.Length == 0 ? "null" : JsonSerializer.Serialize(text, Hosting.ServerJson.Default.String))}}}""");

    private static string Now(string action, JobRecord job) => action switch
    {
        "signal" => "SIGTERM",
        "urgency" => job.Urgency.ToString(CultureInfo.InvariantCulture),
        "limit" => job.Duration is > 0 ? "+30m" : "",
        _ => job.Annotation("user", "note") is { ValueKind: JsonValueKind.String } note ? note.GetString()! : "",
    };

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult Show(HttpContext context, int status, JobActionView view) => Page.IsPart(context.Request)
        ? Page.Of<JobActionForm>(status, (nameof(JobActionForm.View), view))
        : Page.Of<JobActionPage>(status, (nameof(JobActionPage.View), view));
}
