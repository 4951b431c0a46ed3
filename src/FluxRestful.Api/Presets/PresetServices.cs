using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Presets;

internal static class PresetServices
{
    internal static IServiceCollection AddPresets(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<PresetOptions>, PresetOptionsValidator>();
        services.AddOptionsWithValidateOnStart<PresetOptions>().BindConfiguration(PresetOptions.Section);
        services.AddScoped<SubmitPresets>();
        return services;
    }
}
