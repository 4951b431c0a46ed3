using System.Globalization;

namespace FluxRestful.Api.Jobs;

/// <summary>While the broker is away, what is read is old, and says how old: the headers with which a cache says the same.</summary>
internal sealed class StaleMark(TenantJobs jobs) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (jobs.Age is { Ticks: > 0 } age)
        {
            context.HttpContext.Response.Headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            context.HttpContext.Response.Headers.Warning = "110 - \"Response is Stale\"";
        }

        return result;
    }
}
