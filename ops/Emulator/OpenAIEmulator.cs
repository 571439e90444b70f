using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Emulator.Control;
using OpenAIWorker.Emulator.Endpoints;
using OpenAIWorker.Emulator.Faults;
using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Emulator;

/// <summary>A stand-in for api.openai.com: it checks requests strictly, enforces limits, and fails on demand.</summary>
public sealed class OpenAIEmulator : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Ledger ledger = new();
    readonly CallLog log;
    readonly FileStore files;

    OpenAIEmulator(EmulatorOptions options)
    {
        log = new(options.KeptCalls);
        files = new(options.Time);
        Limits = new(options.Limits, options.Time);
        Faults = new(options.Latency, options.Random);
        app = QuietHost.Build(options.Urls);
        ApiRoutes.Map(app, EndpointList.Of(options, files), new(options, Limits, Faults, ledger, log));
        ControlRoutes.Map(app, this);
    }

    /// <summary>
    /// Called with every call of every emulator of this process, on the call's own thread. For tests that compare both
    /// sides with a document.
    /// </summary>
    public static Action<WitnessedCall>? Witness { get; set; }

    /// <summary>The address for a client, including /v1.</summary>
    public Uri BaseUrl => new(new Uri(Address.Replace("*", "127.0.0.1", StringComparison.Ordinal)), "/v1");

    /// <summary>The newest calls, oldest first; as many as <see cref="EmulatorOptions.KeptCalls"/> allows.</summary>
    public IReadOnlyList<ReceivedCall> Calls => log.Read();

    /// <summary>The files that were uploaded and are neither deleted nor expired, oldest first.</summary>
    public IReadOnlyList<KeptFile> Files => files.Read();

    /// <summary>What was billed so far.</summary>
    public Bill Bill => ledger.Read();

    /// <summary>The faults in force; empty at start.</summary>
    public FaultRules Faults { get; }

    /// <summary>The limits in force.</summary>
    public RateLimits Limits { get; }

    string Address =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts an emulator that runs until it is disposed.</summary>
    public static async Task<OpenAIEmulator> Start(EmulatorOptions? options = null)
    {
        var emulator = new OpenAIEmulator(options ?? new());
        await emulator.app.StartAsync();
        return emulator;
    }

    /// <summary>How often a job was billed.</summary>
    public int TimesBilled(string job) => ledger.TimesBilled(job);

    /// <summary>
    /// Forgets calls, bill, and how often each job met each fault. Rules, limits, stored responses and files stay.
    /// </summary>
    public void Clear()
    {
        log.Clear();
        ledger.Clear();
        Faults.ForgetCounts();
    }

    /// <summary>Returns when the process is told to stop.</summary>
    public Task WaitForShutdown() => app.WaitForShutdownAsync();

    /// <summary>Stops listening, and cuts the running calls.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        files.Dispose();
    }
}
