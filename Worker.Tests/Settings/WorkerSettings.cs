using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Settings;

/// <summary>A worker that is built from settings, and started only up to their check.</summary>
static class WorkerSettings
{
    public const string Key = "--OpenAI:Credentials:default:ApiKey=sk-secret";

    /// <summary>The operator's message; empty if the worker would start.</summary>
    public static string Problems(params string[] settings)
    {
        try
        {
            using var host = WorkerHost.Worker([Key, .. settings]).Build();
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            return "";
        }
        catch (Exception wrong) when (wrong is SettingsException or OptionsValidationException)
        {
            return wrong.Message;
        }
    }
}
