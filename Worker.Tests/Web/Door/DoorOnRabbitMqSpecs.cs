using System.Net;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>The front door of workers on RabbitMQ, and the web that runs without a worker.</summary>
public sealed class DoorOnRabbitMqSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IDisposable
{
    static readonly (string, string) Wait = ("Prefer", "wait=60");

    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_goes_in_comes_out_is_heard_of_and_another_is_given_up()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, broker.CommonPrefix(), emulator, web.Settings);
        using var client = web.Client();
        await using var heard = await EventStream.Open(client, "/events");

        var done = await client.Post("/jobs/message-model", Door.Named("done"), Wait);
        await client.Post("/jobs/message-model", Door.Named("waits", "\"notBefore\":\"2100-01-01T00:00:00Z\""));
        var cancelled = await client.Call(HttpMethod.Delete, "/jobs/waits", null);

        Assert.Equal("completed", (await done.Json()).Of("ending"));
        Assert.Equal("message-model.completed done", await heard.Next());
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        Assert.Equal("message-model.failed waits", await heard.Next());
        Assert.Equal("cancelled", (await client.Get("/jobs/waits").Json()).Of("code"));
    }

    [Fact]
    public async Task The_web_alone_sends_to_the_workers_and_reads_what_they_keep()
    {
        var prefix = broker.CommonPrefix();
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            [.. web.Settings.Where(setting => !setting.StartsWith("--Web:", StringComparison.Ordinal))]);
        using var host = WorkerHost.Web(
            [
                $"--Broker:Uri={broker.Uri.OriginalString}", $"--Broker:Prefix={prefix}",
                "--Logging:LogLevel:Default=None", .. web.Settings,
            ]).Build();
        await host.StartAsync(Cancellation);
        using var client = web.Client();

        var job = Door.Named("j", "\"credential\":\"DEFAULT\"");
        var ending = await client.Post("/jobs/message-model", job, Wait).Json();
        var again = await client.Post("/jobs/message-model", job, Wait).Json();
        await client.Post("/jobs/message-model", Door.Named("waits", "\"notBefore\":\"2100-01-01T00:00:00Z\""));
        await client.Call(HttpMethod.Delete, "/jobs/waits", null);

        Assert.Equal("completed", ending.Of("ending"));
        Assert.Equal(ending.GetRawText(), again.GetRawText());
        Assert.Equal(1, emulator.Bill.Calls);
        Assert.Equal("cancelled", (await client.Get("/jobs/waits/ending", Wait).Json()).Of("code"));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task While_the_broker_is_away_a_job_is_refused_and_may_be_sent_again()
    {
        using var host = WorkerHost.Web(
            [$"--Broker:Uri=amqp://127.0.0.1:{FreePort.Next()}", "--Logging:LogLevel:Default=None", .. web.Settings])
            .Build();
        // It waits for the broker.
        var starting = host.StartAsync(Cancellation);
        using var client = web.Client();
        await Eventually.Is(() => Listens(client));

        var answer = await client.Post("/jobs/message-model", Door.Named("j"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "j"),
            (answer.StatusCode, (await answer.Json()).Of("jobId")));
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("not_found", await client.Get("/jobs/j").Problem(HttpStatusCode.NotFound));
        await host.StopAsync(Cancellation);
        await Task.WhenAny(starting);
    }

    public void Dispose() => web.Dispose();

    static async Task<bool> Listens(HttpClient client)
    {
        try
        {
            return (await client.Get("/openapi.json")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
