using System.Net;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>A front door behind which jobs have ended in each way, or wait: for all tests of a class.</summary>
public sealed class JobsOfEachKind : IAsyncLifetime
{
    static readonly (string, string) Wait = ("Prefer", "wait=60");

    readonly WebAddress web = new();
    EmbeddedWorker? worker;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        worker = await web.Start();
        Client = web.Client();
        await Client.Post("/jobs/message-model", Door.Named("done"), Wait);
        await Client.Post("/jobs/message-model", Door.Named("failed").Replace("\"m\"", "\"m+status:404\"",
            StringComparison.Ordinal), Wait);
        foreach (var (id, group) in new[] { ("waits", "g"), ("given-up", "h"), ("waits-too", "given-up") })
        {
            await Client.Post("/jobs/message-model", Door.Named(id,
                $$"""  "group":{"id":"{{group}}","size":2},"notBefore":"2100-01-01T00:00:00Z" """));
            await Eventually.Is(async () => (await Client.Get($"/groups/{group}")).StatusCode == HttpStatusCode.OK);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (worker is not null)
            await worker.DisposeAsync();
        web.Dispose();
    }
}
