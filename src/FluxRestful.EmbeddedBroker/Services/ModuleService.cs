using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary><c>module.list</c>: every service as if a module of its own offered it.</summary>
internal sealed class ModuleService(ServiceRouter router) : IService
{
    private const int Running = 1;

    public string Name => "module";

    public bool Handle(Request request, string method)
    {
        if (method != "list")
        {
            return false;
        }

        request.Respond(writer =>
        {
            writer.WriteStartArray("mods");
            foreach (var name in router.Names.Where(name => !name.Contains("-shell-", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteString("path", "builtin");
                writer.WriteNumber("idle", 0);
                writer.WriteNumber("status", Running);
                writer.WriteStartArray("services");
                writer.WriteStringValue(name);
                writer.WriteEndArray();
                writer.WriteNumber("sendqueue", 0);
                writer.WriteNumber("recvqueue", 0);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        return true;
    }
}
