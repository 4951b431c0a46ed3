using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Events;

/// <summary>How jobs are followed: section <c>Events</c> of appsettings.json.</summary>
internal sealed class JobEventOptions
{
    public const string Section = "Events";

    /// <summary>After how many seconds of silence a stream says that it is alive.</summary>
    [Range(0.01, 3600.0)]
    public double Heartbeat { get; set; } = 15;

    /// <summary>How many seconds lie between two sends to one follower at least: what happens meanwhile goes together. The first after a pause goes at once.</summary>
    [Range(0.0, 10.0)]
    public double Gather { get; set; } = 0.04;

    /// <summary>How many events are kept for those who come back.</summary>
    [Range(1, 1_000_000)]
    public int Window { get; set; } = 10_000;

    /// <summary>And how many bytes of them.</summary>
    [Range(1024, int.MaxValue)]
    public int WindowBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many events may wait for one follower; one that is further behind is cut.</summary>
    [Range(1, 1_000_000)]
    public int Queue { get; set; } = 1_000;

    /// <summary>How many streams and waits a tenant may have open.</summary>
    [Range(1, 1_000_000)]
    public int StreamsPerTenant { get; set; } = 100;

    /// <summary>After how many minutes a stream ends, so that its follower shows again who he is; he goes on where he was.</summary>
    [Range(0.001, 100_000.0)]
    public double LongestMinutes { get; set; } = 60;

    /// <summary>How many seconds a request may wait for a state at most.</summary>
    [Range(0.01, 3600.0)]
    public double LongestWait { get; set; } = 60;
}

[OptionsValidator]
internal sealed partial class JobEventOptionsValidator : IValidateOptions<JobEventOptions>;
