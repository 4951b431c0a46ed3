using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FluxRestful.Api.Storage;

/// <summary>What <c>dotnet ef migrations add</c> asks for a context, instead of starting the server.</summary>
internal sealed class DesignTimeFluxDb : IDesignTimeDbContextFactory<FluxDb>
{
    public FluxDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<FluxDb>().UseSqlite("Data Source=:memory:").Options);
}
