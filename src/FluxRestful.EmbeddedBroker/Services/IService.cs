using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary>What answers the topics <c>name.method</c>.</summary>
internal interface IService
{
    public string Name { get; }

    /// <summary>Answers the request, now or later; false if there is no such method.</summary>
    public bool Handle(Request request, string method);
}
