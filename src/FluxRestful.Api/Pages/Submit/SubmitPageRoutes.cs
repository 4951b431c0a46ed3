using System.Security.Cryptography;
using System.Text;
using FluxRestful.Api.Access;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Cluster;
using FluxRestful.Api.Idempotency;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Submitting;
using FluxRestful.Api.Tenants;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>The form that makes a job: empty or as a copy of another, checked before it is sent, and sent once however often the button is pressed.</summary>
internal static class SubmitPageRoutes
{
    private const string Path = "/jobs/submit";

    internal static void MapSubmitPage(this IEndpointRouteBuilder pages)
    {
        var writes = pages.MapGroup("").Requires(Permission.JobsWrite);
        writes.MapGet(Path, Show);
        writes.MapPost(Path, Send).ChecksForm();
        writes.MapPost("/ui/submit/check", ShowCheck).ChecksForm();
    }

    internal static async Task<IResult> Show(string? from, ClusterShape cluster, TenantJobs jobs, CurrentTenant tenant, CancellationToken cancellationToken)
    {
        var form = new SubmitForm();
        string? source = null;
        if (tenant.May(Permission.JobsRead) && JobId.TryParse(from, out var id) && await jobs.ReadJobspecAsync(id, cancellationToken) is { } jobspec)
        {
            (form, source) = (JobCopy.Of(jobspec), id.ToString());
        }

        return await PageAsync(StatusCodes.Status200OK, form, [], source, null, cluster, cancellationToken);
    }

    internal static async Task<IResult> Send(
        HttpContext context, JobOrders orders, JobForecast forecast, TenantJobs jobs, CurrentTenant tenant, IdempotencyKeys keys, RequestAttempt attempt,
        ClusterShape cluster, CancellationToken cancellationToken)
    {
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var form = SubmitForm.Read(sent);
        if (sent["check"] == "1")
        {
            var check = await SubmitChecks.RunAsync(form, orders, forecast, Origin(context), cancellationToken);
            return await PageAsync(StatusCodes.Status200OK, form, check.Errors.ToDictionary(), null, check, cluster, cancellationToken);
        }

        var (order, errors) = await SubmitChecks.OrderAsync(form, orders, cancellationToken);
        if (order is null)
        {
            return await PageAsync(StatusCodes.Status422UnprocessableEntity, form, errors, null, null, cluster, cancellationToken);
        }

        var scope = new KeyScope(tenant.Id, "POST " + Path, form.Key);
        var claim = await keys.ClaimAsync(scope, Fingerprint(form), cancellationToken);
        switch (claim)
        {
            case { Answer.Location: { } done }:
                return TypedResults.LocalRedirect(done);
            case { Kind: not KeyClaim.Kinds.Granted }:
                errors[""] = "This form has just been sent. Look among the jobs before you send it again.";
                return await PageAsync(StatusCodes.Status409Conflict, form with { Key = new SubmitForm().Key }, errors, null, null, cluster, cancellationToken);
        }

        attempt.Begin(claim.Attempt, claim.IsRepeated);
        try
        {
            // Whether the browser waits or not: pressed again, it is led to the job that this makes.
            var id = await jobs.SubmitAsync(order, CancellationToken.None);
            var address = $"/jobs/{id}?new=1";
            await keys.CompleteAsync(scope, new KeyAnswer(StatusCodes.Status303SeeOther, address, null, []), CancellationToken.None);
            return TypedResults.LocalRedirect(address);
        }
        catch (Exception failure) when (failure is BrokerException or BadHttpRequestException && BrokerProblem.Of(failure) is { IsFinal: true })
        {
            await keys.ReleaseAsync(scope, CancellationToken.None);
            errors[""] = "Flux refused it: " + BrokerProblem.Of(failure)!.Detail;
            return await PageAsync(StatusCodes.Status422UnprocessableEntity, form, errors, null, null, cluster, cancellationToken);
        }
        catch
        {
            keys.Interrupt(scope);
            throw;
        }
    }

    /// <summary>What would become of what stands in the form.</summary>
    internal static async Task<IResult> ShowCheck(HttpContext context, JobOrders orders, JobForecast forecast, CancellationToken cancellationToken)
    {
        var form = SubmitForm.Read(await context.Request.ReadFormAsync(cancellationToken));
        return Page.Of<SubmitCheck>((nameof(SubmitCheck.View), await SubmitChecks.RunAsync(form, orders, forecast, Origin(context), cancellationToken)));
    }

    private static async Task<IResult> PageAsync(
        int status, SubmitForm form, Dictionary<string, string> errors, string? from, SubmitCheckView? check, ClusterShape cluster, CancellationToken cancellationToken)
    {
        ClusterSize? size = null;
        try
        {
            size = await cluster.GetAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is BrokerException or BrokerDisconnectedException or TimeoutException)
        {
            // The form can be filled in meanwhile.
        }

        return Page.Of<SubmitPage>(status, (nameof(SubmitPage.View), new SubmitView(form, errors, size?.Nodes, size?.HasGpus ?? true, from, check)));
    }

    private static string Fingerprint(SubmitForm form) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form.ToString())));

    private static string Origin(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
