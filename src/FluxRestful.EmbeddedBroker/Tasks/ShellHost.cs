using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.Processes;
using FluxRestful.EmbeddedBroker.Services;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>What the shells of all jobs share.</summary>
internal sealed record ShellHost(
    InstanceLoop Loop,
    TimeProvider Time,
    Children Children,
    Watchdog Watchdog,
    ServiceRouter Router,
    OutputStore Outputs,
    EmbeddedBrokerOptions Options,
    string Directory,
    string HostName,
    string Uri);
