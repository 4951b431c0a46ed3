using System.Text.Json;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Services;

/// <summary><c>broker.ping</c> says who the broker takes the caller for; <c>broker.rusage</c> what the process has used.</summary>
internal sealed class BrokerService(string brokerId) : IService
{
    public string Name => "broker";

    public bool Handle(Request request, string method)
    {
        switch (method)
        {
            case "ping":
                Ping(request);
                return true;
            case "rusage":
                request.Respond(WriteUsage);
                return true;
            default:
                return false;
        }
    }

    private void Ping(Request request)
    {
        var payload = request.Payload.Root;
        request.Respond(writer =>
        {
            foreach (var member in payload.EnumerateObject().Where(member => member.Name is not ("route" or "userid" or "rolemask" or "rank")))
            {
                member.WriteTo(writer);
            }

            writer.WriteString("route", $"{request.Connection.Id[..8]}!{brokerId[..8]}");
            writer.WriteNumber("userid", request.Caller.UserId);
            writer.WriteNumber("rolemask", request.Caller.RoleMask);
            writer.WriteNumber("rank", 0);
        });
    }

    private static void WriteUsage(Utf8JsonWriter writer)
    {
        var usage = Environment.CpuUsage;
        writer.WriteReal("utime", usage.UserTime.TotalSeconds);
        writer.WriteReal("stime", usage.PrivilegedTime.TotalSeconds);
        writer.WriteNumber("maxrss", Environment.WorkingSet / 1024);
        foreach (var name in (string[])["ixrss", "idrss", "isrss", "minflt", "majflt", "nswap", "inblock", "oublock", "msgsnd", "msgrcv", "nsignals", "nvcsw", "nivcsw"])
        {
            writer.WriteNumber(name, 0);
        }
    }
}
