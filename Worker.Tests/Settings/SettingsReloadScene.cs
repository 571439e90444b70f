using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Tests.Delivery.Credentials;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Tests.Settings;

/// <summary>The real host with a settings file that the test changes while it runs.</summary>
public abstract class SettingsReloadScene : IAsyncLifetime
{
    private protected const string OldKey = "sk-old-1234567890";
    private protected const string NewKey = "sk-new-1234567890";
    private protected readonly string folder = Directory.CreateTempSubdirectory().FullName;
    private protected readonly FakeTimeProvider clock = new();
    private protected readonly EveryLine lines = new();
    private protected KeyedProvider provider = null!;
    private protected IHost? worker;

    private protected string File => Path.Combine(folder, ".settings.json");

    private protected SettingsReload Reload =>
        worker!.Services.GetServices<IHostedService>().OfType<SettingsReload>().Single();

    public async ValueTask InitializeAsync()
    {
        provider = await KeyedProvider.Start();
        provider.Refusal = (_, key, _) => key == OldKey ? (401, """{"error":{"code":"invalid_api_key"}}""") : null;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (worker is not null)
            await ((IAsyncDisposable)worker).DisposeAsync();
        await provider.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected OpenAIClients Clients => worker!.Services.GetRequiredService<OpenAIClients>();

    private protected string Key(string key, string more = "") =>
        $$$$"""{"OpenAI":{"Credentials":{"default":{"ApiKey":"{{{{key}}}}","BaseUrl":"{{{{provider.Url}}}}"} }}{{{{more}}}} }""";

    private protected void Start(string? settings, params string[] more)
    {
        if (settings is not null)
            System.IO.File.WriteAllText(File, settings);
        var builder = WorkerHost.Worker(
            [$"--settings={File}", $"--Storage:Path={Path.Combine(folder, "a.db")}", .. more]);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        builder.Logging.ClearProviders().AddProvider(lines);
        worker = builder.Build();
    }

    private protected async Task Change(string settings)
    {
        System.IO.File.WriteAllText(File, settings);
        await Reload.Take();
    }
}
