namespace FluxRestful.Api.Idempotency;

internal static class IdempotencyServices
{
    internal static IServiceCollection AddIdempotency(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<IdempotencyOptions, IdempotencyOptionsValidator>().BindConfiguration(IdempotencyOptions.Section);
        services.AddSingleton(provider => new AnswerSeal(provider.GetRequiredService<Storage.DataDirectory>()));
        services.AddSingleton<IdempotencyKeys>();
        services.AddHostedService<IdempotencySweep>();
        services.AddScoped<RequestAttempt>();
        return services;
    }

    /// <summary>After whoever is asking is known.</summary>
    internal static void UseIdempotency(this IApplicationBuilder app) => app.UseMiddleware<IdempotencyMiddleware>();
}
