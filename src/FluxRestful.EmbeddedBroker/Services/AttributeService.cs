using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary>Broker attributes: names and texts. Those that never change say so, for clients that cache.</summary>
internal sealed class AttributeService(IReadOnlyDictionary<string, string> fixedValues) : IService
{
    private const int Immutable = 1;

    private readonly Dictionary<string, string> _settable = new() { ["version"] = Version, ["log-stderr-level"] = "3", ["log-level"] = "7" };

    /// <summary>The Flux whose protocol is spoken here.</summary>
    public const string Version = "0.88.0";

    public string Name => "attr";

    public bool Handle(Request request, string method)
    {
        switch (method)
        {
            case "get":
                Get(request, request.Payload.String("name"));
                return true;
            case "list":
                request.Respond(writer =>
                {
                    writer.WriteStartArray("names");
                    foreach (var name in _settable.Keys.Concat(fixedValues.Keys))
                    {
                        writer.WriteStringValue(name);
                    }

                    writer.WriteEndArray();
                });
                return true;
            case "set":
                request.RequireOwner();
                Set(request.Payload.String("name"), request.Payload.String("value"));
                request.Respond();
                return true;
            default:
                return false;
        }
    }

    private void Get(Request request, string name)
    {
        var isFixed = fixedValues.TryGetValue(name, out var value);
        if (!isFixed && !_settable.TryGetValue(name, out value))
        {
            throw new RequestException(Errno.ENOENT);
        }

        request.Respond(writer =>
        {
            writer.WriteString("value", value);
            writer.WriteNumber("flags", isFixed ? Immutable : 0);
        });
    }

    private void Set(string name, string value)
    {
        if (fixedValues.ContainsKey(name))
        {
            throw new RequestException(Errno.EPERM, "attribute may not be updated");
        }

        if (!_settable.ContainsKey(name))
        {
            throw new RequestException(Errno.ENOENT, "unknown attribute");
        }

        _settable[name] = value;
    }
}
