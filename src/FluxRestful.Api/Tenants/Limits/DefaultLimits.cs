using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Tenants.Limits;

/// <summary>
/// The limits of accounts that have none of their own: section <c>Limits:Default</c> of appsettings.json, none unless set. One of the account's own goes before it, be it
/// more, less or <see cref="TenantLimits.Unlimited"/>.
/// </summary>
internal sealed class DefaultLimits(TenantLimits limits)
{
    private const string Section = "Limits:Default:";

    internal TenantLimits Over(TenantLimits own) => new()
    {
        ActiveJobs = Over(own.ActiveJobs, limits.ActiveJobs),
        QueuedJobs = Over(own.QueuedJobs, limits.QueuedJobs),
        Nodes = Over(own.Nodes, limits.Nodes),
        Cores = Over(own.Cores, limits.Cores),
        Duration = Over(own.Duration, limits.Duration),
        SubmitsPerMinute = Over(own.SubmitsPerMinute, limits.SubmitsPerMinute),
    };

    /// <exception cref="SettingsException">Names all that is wrong.</exception>
    internal static DefaultLimits Read(IConfiguration configuration)
    {
        var settings = new SettingsReader(configuration);
        var limits = new TenantLimits
        {
            ActiveJobs = settings.Integer(Section + "ActiveJobs", 0, 1_000_000),
            QueuedJobs = settings.Integer(Section + "QueuedJobs", 0, 1_000_000),
            Nodes = settings.Integer(Section + "Nodes", 1, 1_000_000),
            Cores = settings.Integer(Section + "Cores", 1, 100_000_000),
            Duration = settings.Integer(Section + "Duration", 1, 1_000_000_000),
            SubmitsPerMinute = settings.Integer(Section + "SubmitsPerMinute", 1, 100_000),
        };
        settings.ThrowIfAny();
        return new DefaultLimits(limits);
    }

    private static int? Over(int? own, int? usual) => own == TenantLimits.Unlimited ? null : own ?? usual;
}
