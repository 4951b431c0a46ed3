using FluxRestful.Api.Audit.Search;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Admin.Audit;

/// <summary>Who did what, newest first.</summary>
internal static class AuditRoutes
{
    internal static async Task<RazorComponentResult> Show([AsParameters] AuditAddress address, AuditSearch search, CancellationToken cancellationToken) =>
        Page.Of<AuditPage>(
            (nameof(AuditPage.Address), address), (nameof(AuditPage.Found), await search.RunAsync(address.Filter(), cancellationToken)));
}
