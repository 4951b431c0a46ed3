using FluxRestful.Api.Jobs.Control;
using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Output;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Api.Jobs.Submitting;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants.Departures;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Api.Usage;

namespace FluxRestful.Api.Jobs;

internal static class JobServices
{
    /// <summary>After <c>AddBroker</c>: what is started first is stopped last.</summary>
    internal static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<JobOptions, JobOptionsValidator>().BindConfiguration(JobOptions.Section);
        services.AddSingleton(_ => UnixAccount.Current());
        services.AddSingleton<JobEnvironment>();

        services.AddSingleton(provider => new JobMarks(provider.GetRequiredService<DataDirectory>().KeyFile("job-marks")));
        services.AddSingleton<SubmissionsUnderWay>();
        services.AddSingleton<JobOwners>();
        services.AddSingleton<SubmissionLedger>();
        services.AddHostedService(provider => provider.GetRequiredService<SubmissionLedger>());

        services.AddOptionsWithValidateOnStart<JobEventOptions, JobEventOptionsValidator>().BindConfiguration(JobEventOptions.Section);
        services.AddSingleton<JobEventHub>();
        services.AddSingleton<JobIndex>();
        services.AddOptionsWithValidateOnStart<PastJobOptions, PastJobOptionsValidator>().BindConfiguration(PastJobOptions.Section);
        services.AddSingleton<PastJobStore>();
        services.AddSingleton<PastJobs>();
        services.AddHostedService(provider => provider.GetRequiredService<PastJobs>());
        services.AddHostedService<JobIndexFeed>();

        services.AddSingleton(provider => DefaultLimits.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<JobSizeLimits>();
        services.AddSingleton<TenantQuotas>();
        services.AddSingleton<DepartedJobs>();
        services.AddHostedService(provider => provider.GetRequiredService<DepartedJobs>());
        services.AddSingleton<TenantFarewell>();
        services.AddSingleton<JobSubmitter>();
        services.AddScoped<JobOrders>();
        services.AddScoped<OrderDependencies>();
        services.AddSingleton<OrderRequests>();
        services.AddScoped<JobForecast>();
        services.AddSingleton<OutputBudget>();
        services.AddSingleton<BlockCache>();
        services.AddSingleton<OutputLogs>();
        services.AddSingleton<JobOutputReader>();
        services.AddSingleton<JobControl>();
        services.AddSingleton<StoredJobs>();
        services.AddScoped<TenantJobs>();
        services.AddScoped<UsageReader>();
        return services;
    }
}
