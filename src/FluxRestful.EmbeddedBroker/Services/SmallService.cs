using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary>A service that needs no class of its own.</summary>
internal sealed class SmallService(string name, Func<Request, string, bool> handle) : IService
{
    public string Name { get; } = name;

    public bool Handle(Request request, string method) => handle(request, method);
}
