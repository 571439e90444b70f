using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Emulator.Endpoints;
using OpenAIWorker.Emulator.Faults;
using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Emulator;

/// <summary>An OpenAI stand-in on a port of this machine. Stop it by disposing of it.</summary>
public sealed class OpenAIEmulator : IAsyncDisposable
{
    readonly WebApplication app;

    OpenAIEmulator(WebApplication app) => this.app = app;

    /// <summary>The base URL for clients, <c>/v1</c> included.</summary>
    public Uri BaseUrl => new($"{app.Urls.First()}/v1");

    /// <summary>What it received and what it would have billed.</summary>
    public Ledger Ledger => app.Services.GetRequiredService<Ledger>();

    /// <summary>Faults by rule, beside those that a model's name or a header asks for.</summary>
    public FaultRules Faults => app.Services.GetRequiredService<FaultRules>();

    /// <summary>Requests and tokens per minute.</summary>
    public RateLimits Limits => app.Services.GetRequiredService<RateLimits>();

    /// <summary>Completes when the process is asked to end.</summary>
    public Task Ended => app.WaitForShutdownAsync();

    /// <summary>Starts one; time may be a test's.</summary>
    public static async Task<OpenAIEmulator> Start(EmulatorOptions? options = null, TimeProvider? clock = null)
    {
        options ??= new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Url).ConfigureKestrel(server => server.Limits.MaxRequestBodySize = 600_000_000);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton<Ledger>()
            .AddSingleton(services => new FaultRules(services.GetRequiredService<Chance>()))
            .AddSingleton<Chance>()
            .AddSingleton<RateLimits>()
            .AddSingleton<StoredResponses>()
            .AddSingleton<Front>();
        var app = builder.Build();
        Control.Map(app);
        app.Map("/v1/{**path}", (HttpContext context, Front front) => front.Answer(context));
        await app.StartAsync();
        return new(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Calls that hang must not hold up the end.
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }
}
