using System.Globalization;
using System.Text.Json.Nodes;
using FluxRestful.Api.Jobs.Submitting;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>The same job several times, as <c>flux submit --cc=0-N</c> makes it: each is told in FLUX_JOB_CC which one it is.</summary>
internal static class SubmitCopies
{
    internal const int Most = 1000;

    private const string Variable = "FLUX_JOB_CC";

    internal static IReadOnlyList<JobOrder> Of(JobOrder order, string copies)
    {
        if (!int.TryParse(copies, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count <= 1)
        {
            return [order];
        }

        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var copy = order.Copy(i);
            var system = copy.Jobspec["attributes"]!["system"]!.AsObject();
            (system["environment"] ??= new JsonObject())[Variable] = i.ToString(CultureInfo.InvariantCulture);
            return copy;
        })];
    }
}
