using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OpenAIWorker.Settings;

static class SettingsRegistration
{
    /// <summary>Binds a section to its options and checks it before anything starts.</summary>
    public static IServiceCollection AddSettings<TOptions, TValidator>(this IServiceCollection services)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().BindConfiguration(SettingNames.Section(typeof(TOptions))).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }
}
