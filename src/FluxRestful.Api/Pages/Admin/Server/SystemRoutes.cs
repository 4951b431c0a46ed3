using System.Globalization;
using FluxRestful.Api.Announcements;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Cluster;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Admin.Server;

/// <summary>The server and its instance: what it is and how it is set up; queues, nodes, what is said on every page, and its end. Does what the API does.</summary>
internal static class SystemRoutes
{
    private const string Path = "/admin/system";

    internal static Task<RazorComponentResult> Show(string? done, SystemReader system, CancellationToken cancellationToken) =>
        PageAsync(system, StatusCodes.Status200OK, [], [], done, cancellationToken);

    internal static Task<IResult> SetQueue(string name, HttpContext context, ClusterControl control, SystemReader system, CancellationToken cancellationToken) =>
        DoAsync(context, system, "queue", async form =>
        {
            var reason = form["reason"].ToString().Trim();
            if (form["do"].ToString() is "stop" or "disable" && reason.Length is 0 or > 1024)
            {
                return new() { ["queue-" + name] = "Say why: whoever waits reads it." };
            }

            var isThere = form["do"].ToString() switch
            {
                "start" => await control.SetStartedAsync(name, null, cancellationToken),
                "stop" => await control.SetStartedAsync(name, reason, cancellationToken),
                "enable" => await control.SetEnabledAsync(name, null, cancellationToken),
                "disable" => await control.SetEnabledAsync(name, reason, cancellationToken),
                _ => true,
            };
            return isThere ? [] : new() { [""] = "There is no such queue." };
        }, cancellationToken);

    internal static Task<IResult> Drain(HttpContext context, ClusterControl control, SystemReader system, CancellationToken cancellationToken) =>
        DoAsync(context, system, "drained", async form =>
        {
            var (targets, reason) = (form["targets"].ToString().Trim(), form["reason"].ToString().Trim());
            if (targets.Length == 0)
            {
                return new() { ["targets"] = "Ranks as 0,2-3, or hosts as node[0-3]." };
            }

            await control.DrainAsync(targets, reason.Length > 1024 ? reason[..1024] : reason, overwrite: false, cancellationToken);
            return [];
        }, cancellationToken);

    internal static Task<IResult> Undrain(HttpContext context, ClusterControl control, SystemReader system, CancellationToken cancellationToken) =>
        DoAsync(context, system, "undrained", async form =>
        {
            await control.UndrainAsync(form["targets"].ToString(), cancellationToken);
            return [];
        }, cancellationToken);

    internal static Task<IResult> Announce(
        HttpContext context, AnnouncementBoard announcements, CurrentTenant tenant, SystemReader system, CancellationToken cancellationToken) =>
        DoAsync(context, system, "announced", async form =>
        {
            var text = form["do"] == "clear" ? "" : form["text"].ToString().Trim();
            if (text.Length > AnnouncementBoard.Longest)
            {
                return new() { ["text"] = $"At most {AnnouncementBoard.Longest} characters." };
            }

            await announcements.SetAsync(text, tenant.Name, cancellationToken);
            return [];
        }, cancellationToken);

    internal static async Task<IResult> Stop(HttpContext context, ClusterControl control, SystemReader system, CancellationToken cancellationToken)
    {
        var typed = (await context.Request.ReadFormAsync(cancellationToken))["name"].ToString().Trim();
        if (typed != system.InstanceName)
        {
            return await PageAsync(
                system, StatusCodes.Status422UnprocessableEntity, new() { ["name"] = typed }, new() { ["name"] = $"This is not {system.InstanceName}. Nothing was stopped." }, null, cancellationToken);
        }

        await control.StopAsync(cancellationToken);
        return Page.Of<StoppedPage>();
    }

    private static async Task<IResult> DoAsync(
        HttpContext context, SystemReader system, string done, Func<IFormCollection, Task<Dictionary<string, string>>> change, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var status = StatusCodes.Status422UnprocessableEntity;
        Dictionary<string, string> errors;
        try
        {
            errors = await change(form);
        }
        catch (Exception failure) when (BrokerProblem.Of(failure) is { } problem)
        {
            (status, errors) = (problem.Type.Status, new() { [""] = $"{problem.Type.Title}: {problem.Detail}" });
            if (problem.RetryAfter is { } wait)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }
        }

        return errors.Count == 0
            ? TypedResults.LocalRedirect($"{Path}?done={done}")
            : await PageAsync(system, status, form.ToDictionary(field => field.Key, field => field.Value.ToString()), errors, null, cancellationToken);
    }

    private static async Task<RazorComponentResult> PageAsync(
        SystemReader system, int status, Dictionary<string, string> form, Dictionary<string, string> errors, string? done, CancellationToken cancellationToken) =>
        Page.Of<SystemPage>(status, (nameof(SystemPage.View), await system.ReadAsync(form, errors, done, cancellationToken)));
}
