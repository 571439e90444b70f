using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Health;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Web;

namespace OpenAIWorker.Tests.Web.Window;

/// <summary>Only the pages, over a database that the test has filled: no worker changes it.</summary>
sealed class WindowScene : IAsyncDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("openai-worker-window-");
    readonly int port = FreePort.Next();
    IHost? host;
    WebServer? server;

    public WindowScene() => Seed = new(DatabasePath);

    public Seed Seed { get; }

    public Uri Uri => new($"http://127.0.0.1:{port}");

    string DatabasePath => Path.Combine(folder.FullName, "worker.db");

    /// <summary>Starts to serve, without the rest of a worker's host.</summary>
    public async Task Start(params string[] settings)
    {
        host = WorkerHost.Worker(
            [
                .. TestSettings.For(null), $"--Web:Port={port}", $"--Storage:Path={DatabasePath}",
                "--Records:Keep=Everything", "--Limits:Tenant=tenant", .. settings,
            ]).Build();
        server = host.Services.GetServices<IHostedService>().OfType<WebServer>().Single();
        await server.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Stops serving.</summary>
    public async Task Stop()
    {
        if (host is null)
            return;
        await server!.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
        host = null;
    }

    /// <summary>A day of a busy installation.</summary>
    public async Task FillDay()
    {
        var now = Seed.Now;
        await Seed.Completed(2400, "gpt-6-mini", 0.0117, TimeSpan.FromHours(26));
        await Seed.Completed(300, "gpt-image-2", 0.0313, TimeSpan.FromHours(20));
        await Seed.Completed(420, "gpt-6.1-sol", 0.0102, TimeSpan.FromMinutes(59));
        await Seed.Running(96, "gpt-6-mini");
        await Seed.Waiting(1394, "rate_limited", "gpt-6-mini", "default", TimeSpan.FromMinutes(23));
        await Seed.Waiting(200, "not_before", "gpt-6.1-sol", "default", TimeSpan.FromMinutes(72));
        await Seed.Waiting(61, "credential_paused", "gpt-6-mini", "azure-west", TimeSpan.FromSeconds(40));
        await Seed.Waiting(7, "provider_error", "gpt-image-2", "images", TimeSpan.FromSeconds(4));
        await Seed.Job(Failed("order-88213", "context_length_exceeded", 2) with
        {
            Reason = "141,022 tokens; allowed: 128,000."
        });
        await Seed.Job(Failed("img-0071", "content_policy", 4) with
        {
            Operation = "generate-image",
            Model = "gpt-image-2",
            Reason = "The provider refused the prompt.",
        });
        await Seed.Job(Failed("nightly-5120", "output_not_json", 8) with
        {
            Reason = "Cut at 300 tokens. Raise maxTokens."
        });
        await WholeJob(now.AddMinutes(-9));
        await Seed.Run($"""
            INSERT INTO job_groups (id, tenant, size, completed, failed, first_seen, changed_at)
            VALUES ('import-7', '', 500, 412, 3, {now.AddHours(-1).ToUnixTimeMilliseconds()}, {now.ToUnixTimeMilliseconds()})
            """);
        await Seed.Run("""
            INSERT INTO assistants (number, id, credential, job_id, name, definition, version)
            VALUES (1, 'asst_1', 'default', 'make-clerk', 'Clerk', '{"model":"gpt-6-mini","instructions":"Answers parcels'' questions."}', 2)
            """);
        await Seed.Sums();
        foreach (var name in new[] { "worker-1", "worker-2", "worker-3" })
            await Seed.Worker(name, Status(now).Written());

        SeededJob Failed(string id, string code, int minutes) => new(id, "failed")
        {
            Code = code,
            Received = now.AddMinutes(-minutes),
            Ended = now.AddMinutes(-minutes).AddSeconds(3),
        };
    }

    /// <summary>A job with everything that can be stored of one.</summary>
    public async Task WholeJob(DateTimeOffset at)
    {
        await Seed.Job(new("order-88207", "completed")
        {
            Tenant = "acme",
            Attempts = 2,
            Waits = 2,
            Input = 1204,
            Output = 188,
            Cost = 0.00061,
            Received = at,
            Ended = at.AddSeconds(37.82),
            Request = """
                {"jobId":"order-88207","model":"gpt-6-mini","metadata":{"tenant":"acme"},
                "messages":[{"role":"user","text":"Translate to French, keep the numbers:\n\nYour parcel 88207 leaves tomorrow at 9."}]}
                """,
            Ending = """
                {"jobId":"order-88207","operation":"message-model","ending":"completed","durationMs":2400,"requestId":"req_2f1c80",
                "usage":{"inputTokens":1204,"outputTokens":188,"cachedTokens":1024},"text":"Votre colis 88207 part demain à 9 h."}
                """,
        });
        await Seed.Step("order-88207", "acme", at.AddMilliseconds(9), "wait", "rate_limited",
            "The limit of gpt-6-mini.", at.AddSeconds(31));
        await Seed.Step("order-88207", "acme", at.AddSeconds(33.1), "attempt", "provider_error",
            "500 of the provider: The server had an error.");
        await Seed.Step("order-88207", "acme", at.AddSeconds(33.1), "wait", "provider_error",
            "500 of the provider: The server had an error.", at.AddSeconds(35.4));
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await Seed.DisposeAsync();
        folder.Delete(recursive: true);
    }

    static WorkerStatus Status(DateTimeOffset now) => new("0.1.0", now, "degraded", 32, 4,
        [
            new("default", null, null, null, null),
            new("azure-west", now.AddMinutes(-15), now.AddSeconds(40), "quota_exhausted", "Its quota is used up."),
            new("images", null, null, null, null),
        ],
        [
            new("default", "gpt-6-mini", 600, 200_000, 199.6, 40_600, 0, 20, 4, 0),
            new("default", "gpt-6.1-sol", 500, 300_000, 36, 48_000, 1, 8, 0, 0),
            new("images", "gpt-image-2", 50, null, 13.3, 0, 0, 4, 0, 0),
        ]);
}
