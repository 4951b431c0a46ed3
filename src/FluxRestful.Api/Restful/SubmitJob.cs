using System.Globalization;
using System.Text.Json;
using FluxRestful.Api.Cluster;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Restful.Answers;
using FluxRestful.Api.Restful.Requests;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services.Errors;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Restful;

/// <summary><c>POST /v1/jobs/submit</c>.</summary>
internal static class SubmitJob
{
    private static readonly string[] KnownLaunchers = ["nextflow", "snakemake"];

    /// <summary>Submits a command as a job.</summary>
    /// <remarks>
    /// Parameters come in the query, in a JSON body or in a form. With a command in the query, a JSON body is the map of environment variables instead.
    /// </remarks>
    internal static async Task<IResult> Handle(
        HttpRequest request,
        TenantJobs jobs,
        ClusterShape cluster,
        JobEnvironment environment,
        ServerOptions server,
        IOptions<JobOptions> options,
        CancellationToken cancellationToken)
    {
        var given = Parameters.FromQuery(request.Query);
        if (await SubmitBody.ReadAsync(request, given, cancellationToken) is { } badBody)
        {
            return badBody;
        }

        var submit = SubmitParameters.Read(given);
        if (given.Errors.Count > 0)
        {
            return RestfulAnswers.Unprocessable(given.Errors);
        }

        if (submit.Command.Count == 0)
        {
            return RestfulAnswers.Message(StatusCodes.Status400BadRequest, "A 'command' is minimally required.");
        }

        if (await CheckAsync(submit, cluster, cancellationToken) is { Count: > 0 } errors)
        {
            return RestfulAnswers.Invalid(errors);
        }

        if (submit.IsLauncher && !KnownLaunchers.Contains(submit.Command[0]))
        {
            return RestfulAnswers.Message(StatusCodes.Status200OK, $"{submit.Command[0]} is not a known launcher. ", "MANY");
        }

        try
        {
            var id = await jobs.SubmitAsync(ToRequest(submit, environment, server, options.Value), cancellationToken);
            return RestfulAnswers.Submitted(submit.IsLauncher ? "Job submit, see jobs table for spawned jobs." : "Job submit.", id.Value);
        }
        catch (JobRequestException nonsense)
        {
            return RestfulAnswers.NotSubmitted($"{SubmitParameters.NameOf(nonsense.Field)}: {nonsense.Message}");
        }
        catch (QuotaExceededException quota) when (quota.Type.Status != StatusCodes.Status429TooManyRequests)
        {
            return RestfulAnswers.NotSubmitted(quota.Message);
        }
        catch (BrokerException refused) when (refused.Meaning() == JobErrorMeaning.Refused)
        {
            return RestfulAnswers.NotSubmitted(refused.ErrorText);
        }
    }

    /// <summary>An instance may have grown since the server last looked: it is asked anew before a job is refused for its size.</summary>
    private static async Task<List<string>> CheckAsync(SubmitParameters submit, ClusterShape cluster, CancellationToken cancellationToken)
    {
        var known = await cluster.GetAsync(cancellationToken);
        if (submit.Nodes > known.Nodes || (submit.GpusPerTask is not null && !known.HasGpus))
        {
            known = await cluster.RefreshAsync(cancellationToken);
        }

        return SubmitLimits.Check(submit, known.Nodes, known.HasGpus);
    }

    private static JobRequest ToRequest(SubmitParameters submit, JobEnvironment environment, ServerOptions server, JobOptions options)
    {
        var shellOptions = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["output.batch-timeout"] = JobOption.Parse(string.Create(CultureInfo.InvariantCulture, $"={options.OutputDelay:R}")).Value,
        };
        foreach (var (name, value) in server.OptionFlags.Concat(submit.Options))
        {
            shellOptions[name] = JobOption.Parse($"{name}={value}").Value;
        }

        return new JobRequest
        {
            Command = submit.Command,
            // Nodes and nothing else: a task on each.
            Tasks = submit.Tasks ?? submit.Nodes,
            Nodes = submit.Nodes,
            CoresPerTask = submit.CoresPerTask,
            GpusPerTask = submit.GpusPerTask,
            Exclusive = submit.Exclusive,
            Duration = submit.Runtime,
            WorkingDirectory = submit.WorkingDirectory ?? environment.Home,
            Environment = environment.With(submit.Environment),
            ShellOptions = shellOptions,
        };
    }
}
