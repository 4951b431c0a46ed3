using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Tenants.Limits;

/// <summary>
/// The limits of accounts that have none of their own: section <c>Limits:Default</c> of appsettings.json, none unless set. One of the account's own goes before it, be it
/// more or less.
/// </summary>
internal sealed class DefaultLimits(TenantLimits limits)
{
    private const string Section = "Limits:Default:";

    internal TenantLimits Over(TenantLimits own) => new()
    {
        ActiveJobs = own.ActiveJobs ?? limits.ActiveJobs,
        QueuedJobs = own.QueuedJobs ?? limits.QueuedJobs,
        Nodes = own.Nodes ?? limits.Nodes,
        Cores = own.Cores ?? limits.Cores,
        Duration = own.Duration ?? limits.Duration,
        SubmitsPerMinute = own.SubmitsPerMinute ?? limits.SubmitsPerMinute,
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
}
