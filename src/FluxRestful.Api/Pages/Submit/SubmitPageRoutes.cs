using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using FluxRestful.Api.Access;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Idempotency;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Submitting;
using FluxRestful.Api.Pages.Submit.Bounds;
using FluxRestful.Api.Pages.Submit.Sources;
using FluxRestful.Api.Pages.Submit.Variables;
using FluxRestful.Api.Presets;
using FluxRestful.Api.Tenants;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using Microsoft.AspNetCore.Mvc;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>The form that makes a job: empty or as a copy of another, checked before it is sent, and sent once however often the button is pressed.</summary>
internal static class SubmitPageRoutes
{
    private const string Path = "/jobs/submit";
    private const int LargestForm = 4 * 1024 * 1024;

    internal static void MapSubmitPage(this IEndpointRouteBuilder pages)
    {
        // A script of 1 MiB grows on its way: what is no letter has three bytes then, the end of a line six.
        var writes = pages.MapGroup("").Requires(Permission.JobsWrite).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        writes.MapGet(Path, Show);
        writes.MapPost(Path, Send).ChecksForm();
        writes.MapPost(Path + "/preset", SavePreset).ChecksForm();
        writes.MapPost("/ui/submit/check", ShowCheck).ChecksForm();
        writes.MapPost("/ui/submit/variables", ReadVariables).ChecksForm();
    }

    internal static async Task<IResult> Show(
        string? from, string? preset, string? tab, string? saved, JobSources sources, SubmitPresets presets, SubmitPageReader reader, CurrentTenant tenant,
        CancellationToken cancellationToken)
    {
        if (tenant.May(Permission.JobsRead) && JobId.TryParse(from, out var id) && await sources.ReadAsync(id, cancellationToken) is { } copied)
        {
            return await reader.PageAsync(StatusCodes.Status200OK, copied.Form, [], cancellationToken, from: copied);
        }

        if (preset is { Length: > 0 } && await presets.FindAsync(preset, cancellationToken) is { } fields)
        {
            // What it does not say is as it is in an empty form.
            var empty = SubmitForm.Empty(fields.GetValueOrDefault("kind")).Fields().ToDictionary(field => field.Name, field => field.Value);
            var form = SubmitForm.Read(name => fields.GetValueOrDefault(name, empty.GetValueOrDefault(name, "")));
            return await reader.PageAsync(StatusCodes.Status200OK, form, [], cancellationToken, preset: preset, saved: saved == "1" ? preset : null);
        }

        return await reader.PageAsync(StatusCodes.Status200OK, SubmitForm.Empty(tab), [], cancellationToken);
    }

    /// <summary>Keeps what stands in the form, or forgets it.</summary>
    internal static async Task<IResult> SavePreset(HttpContext context, SubmitPresets presets, SubmitPageReader reader, CancellationToken cancellationToken)
    {
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var (form, name) = (SubmitForm.Read(sent), sent["preset"].ToString().Trim());
        if (sent["delete"] == "1")
        {
            await presets.DeleteAsync(name, cancellationToken);
            return TypedResults.LocalRedirect(Path);
        }

        return await presets.SaveAsync(name, form.Fields(), cancellationToken) is { } wrong
            ? await reader.PageAsync(StatusCodes.Status422UnprocessableEntity, form, new() { ["preset"] = wrong }, cancellationToken, preset: name)
            : TypedResults.LocalRedirect($"{Path}?preset={Uri.EscapeDataString(name)}&saved=1", preserveMethod: false);
    }

    internal static async Task<IResult> Send(
        HttpContext context, JobOrders orders, JobForecast forecast, SubmitBoundsReader bounds, TenantJobs jobs, CurrentTenant tenant, IdempotencyKeys keys,
        RequestAttempt attempt, SubmitPageReader reader, CancellationToken cancellationToken)
    {
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var form = SubmitForm.Read(sent);
        if (sent["change"].ToString() is { Length: > 0 } change)
        {
            return await reader.PageAsync(StatusCodes.Status200OK, form.Changed(change), [], cancellationToken);
        }

        if (sent["check"] == "1")
        {
            var check = await SubmitChecks.RunAsync(form, orders, forecast, bounds, Origin(context), cancellationToken);
            return await reader.PageAsync(StatusCodes.Status200OK, form, check.Errors.ToDictionary(), cancellationToken, check: check);
        }

        var (order, errors) = await SubmitChecks.OrderAsync(form, orders, cancellationToken);
        if (order is null)
        {
            return await reader.PageAsync(StatusCodes.Status422UnprocessableEntity, form, errors, cancellationToken);
        }

        var scope = new KeyScope(tenant.Id, "POST " + Path, form.Key);
        var claim = await keys.ClaimAsync(scope, Fingerprint(form), cancellationToken);
        switch (claim)
        {
            case { Answer.Location: { } done }:
                return TypedResults.LocalRedirect(done);
            case { Kind: not KeyClaim.Kinds.Granted }:
                errors[""] = "This form has just been sent. Look among the jobs before you send it again.";
                return await reader.PageAsync(StatusCodes.Status409Conflict, form with { Key = new SubmitForm().Key }, errors, cancellationToken);
        }

        attempt.Begin(claim.Attempt, claim.IsRepeated);
        try
        {
            // Whether the browser waits or not: pressed again, it is led to the job that this makes.
            var outcomes = await jobs.SubmitAsync(SubmitCopies.Of(order, form.Copies), CancellationToken.None);
            var made = outcomes.Where(outcome => outcome.Failure is null).ToList();
            if (made.Count == 0)
            {
                ExceptionDispatchInfo.Throw(outcomes[0].Failure!);
            }

            var address = outcomes.Count == 1 ? $"/jobs/{made[0].Id}?new=1"
                : string.Create(CultureInfo.InvariantCulture, $"/jobs?submitted={made.Count}&refused={outcomes.Count - made.Count}");
            await keys.CompleteAsync(scope, new KeyAnswer(StatusCodes.Status303SeeOther, address, null, []), CancellationToken.None);
            return TypedResults.LocalRedirect(address);
        }
        catch (Exception failure) when (failure is BrokerException or BadHttpRequestException && BrokerProblem.Of(failure) is { IsFinal: true })
        {
            await keys.ReleaseAsync(scope, CancellationToken.None);
            errors[""] = "Flux refused it: " + BrokerProblem.Of(failure)!.Detail;
            return await reader.PageAsync(StatusCodes.Status422UnprocessableEntity, form, errors, cancellationToken);
        }
        catch
        {
            keys.Interrupt(scope);
            throw;
        }
    }

    /// <summary>What would become of what stands in the form.</summary>
    internal static async Task<IResult> ShowCheck(
        HttpContext context, JobOrders orders, JobForecast forecast, SubmitBoundsReader bounds, CancellationToken cancellationToken)
    {
        var form = SubmitForm.Read(await context.Request.ReadFormAsync(cancellationToken));
        return Page.Of<SubmitCheck>((nameof(SubmitCheck.View), await SubmitChecks.RunAsync(form, orders, forecast, bounds, Origin(context), cancellationToken)));
    }

    /// <summary>The variables of a block that was pasted, for the script that puts them into the table; nothing if it is none, which the check says.</summary>
    internal static async Task<IResult> ReadVariables(HttpContext context, CancellationToken cancellationToken)
    {
        var form = SubmitForm.Read(await context.Request.ReadFormAsync(cancellationToken));
        return TypedResults.Content(EnvironmentRows.Write(form.Variables), "application/json");
    }

    private static string Fingerprint(SubmitForm form) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', form.Fields()))));

    private static string Origin(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
