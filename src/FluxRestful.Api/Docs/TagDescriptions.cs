using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Docs;

/// <summary>The sections of the page, in the order in which one needs them.</summary>
internal sealed class TagDescriptions : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) => swaggerDoc.Tags = new HashSet<OpenApiTag>
    {
        new() { Name = "jobs", Description = "Submit, list, follow and cancel" },
        new() { Name = "cluster", Description = "The instance and its nodes" },
        new() { Name = "usage", Description = "Who has used how much" },
        new() { Name = "tokens", Description = "Access tokens, for programs" },
        new() { Name = "account", Description = "Oneself: password, limits and their use" },
        new() { Name = "users", Description = "Accounts, for superusers" },
        new() { Name = "health", Description = "For whoever watches the server" },
    };
}
