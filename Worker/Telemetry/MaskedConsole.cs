using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Telemetry;

/// <summary>Masks the worker's own secrets in the console's log, in any format.</summary>
static class MaskedConsole
{
    public static void MaskConsole(this IServiceCollection services)
    {
        foreach (var given in services.Where(service => service.ServiceType == typeof(ConsoleFormatter)).ToList())
        {
            services.Remove(given);
            services.AddSingleton<ConsoleFormatter>(host =>
                new Formatter((ConsoleFormatter)ActivatorUtilities.CreateInstance(host, given.ImplementationType!),
                    host.GetRequiredService<OwnSecrets>()));
        }
    }

    sealed class Formatter(ConsoleFormatter inner, OwnSecrets secrets) : ConsoleFormatter(inner.Name), IDisposable
    {
        public override void Write<TState>(in LogEntry<TState> logEntry,
            Microsoft.Extensions.Logging.IExternalScopeProvider? scopeProvider, TextWriter textWriter)
        {
            using var line = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
            inner.Write(logEntry, scopeProvider, line);
            textWriter.Write(secrets.Masked(line.ToString()));
        }

        public void Dispose() => (inner as IDisposable)?.Dispose();
    }
}
