using FluxRestful.Api.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace FluxRestful.Api.Hosting.Http;

/// <summary>
/// How much of address and headers is taken. What is far beyond, or no HTTP at all, Kestrel refuses before this: with the status alone, and closes.
/// </summary>
internal static class HeaderLimits
{
    internal const int LongestAddress = 16 * 1024;
    internal const int LargestHeaders = 32 * 1024;
    internal const int MostHeaders = 64;

    internal static void UseHeaderLimits(this IApplicationBuilder app) => app.Use(next => context =>
    {
        var address = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Length;
        return address > LongestAddress ? RefuseAsync(context, ProblemType.AddressTooLong, $"It has {address} bytes; {LongestAddress} are taken.")
            : Excess(context.Request.Headers) is { } excess ? RefuseAsync(context, ProblemType.HeadersTooLarge, excess)
            : next(context);
    });

    private static string? Excess(IHeaderDictionary headers)
    {
        var (count, bytes) = (0, 0);
        foreach (var (name, values) in headers)
        {
            count += values.Count;
            bytes += values.Sum(value => name.Length + (value?.Length ?? 0) + 4);
        }

        return count > MostHeaders ? $"There are {count}; {MostHeaders} are taken."
            : bytes > LargestHeaders ? $"They have {bytes} bytes; {LargestHeaders} are taken."
            : null;
    }

    private static Task RefuseAsync(HttpContext context, ProblemType type, string detail) => new ProblemResult(type, detail).ExecuteAsync(context);
}
