using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary>Batches whose jobs wait in a broker, while processes start and end.</summary>
public sealed class BatchOnRabbitMqSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IDisposable
{
    const int Lines = 40;

    readonly string prefix = broker.CommonPrefix();
    readonly WebAddress web = new();

    [Fact]
    public async Task A_batch_goes_on_where_it_stood_when_its_process_is_back()
    {
        await using var emulator = await OpenAIEmulator.Start();
        string id;
        await using (await Start(emulator))
        {
            using var before = web.Client();
            id = await before.Batch(Enumerable.Range(0, Lines).Select(i => ApiScene.Line($"l{i}", "m+slow:300")));
            await before.Until($"/v1/batches/{id}", batch => Completed(batch) >= 5);
        }
        await using var again = await Start(emulator);
        using var client = web.Client();

        var done = await client.Ended(id);

        Assert.Equal(("completed", Lines), (done.GetProperty("status").GetString(), Completed(done)));
        Assert.Equal(Lines, (await client.Lines(done, "output_file_id"))
            .Select(line => line.GetProperty("custom_id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Of_two_processes_one_drives_a_batch_and_either_tells_of_it()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        var other = web.Beside();
        await using var alone = await Alone(other);
        using var there = other.Client();
        using var here = web.Client();

        var id = await there.Batch(Enumerable.Range(0, Lines).Select(i => ApiScene.Line($"l{i}")));
        var done = await here.Ended(id);

        Assert.Equal(Lines, Completed(done));
        Assert.Equal(Lines, emulator.Bill.Billed);
        Assert.Equal(done.GetRawText(), (await there.Get($"/v1/batches/{id}").Json()).GetRawText());
        Assert.Equal(Lines, (await there.Lines(done, "output_file_id")).Count);
    }

    [Fact]
    public async Task A_batch_that_is_cancelled_takes_its_jobs_out_of_the_queue()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator, "--Delivery:Concurrency=1");
        using var client = web.Client();
        var id = await client.Batch(Enumerable.Range(0, Lines).Select(i => ApiScene.Line($"l{i}", "m+slow:500")));
        await client.Until($"/v1/batches/{id}", batch => Completed(batch) >= 1);

        await client.Post($"/v1/batches/{id}/cancel", "");

        var done = await client.Ended(id);
        Assert.Equal("cancelled", done.GetProperty("status").GetString());
        Assert.InRange(Completed(done), 1, Lines - 10);
        var billed = emulator.Bill.Billed;
        // A job that is sent now comes after all that waited.
        await client.Post(ApiScene.Chat, """{"model":"m","messages":[{"role":"user","content":"Hello"}]}""");
        Assert.InRange(emulator.Bill.Billed, billed, billed + 2);
    }

    public void Dispose() => web.Dispose();

    Task<BrokerWorker> Start(OpenAIEmulator emulator, params string[] settings) =>
        BrokerWorker.Start(broker, prefix, emulator, [.. web.Settings, .. settings]);

    async Task<BrokerWorker> Alone(WebAddress address)
    {
        var host = WorkerHost.Web([$"--Broker:Uri={broker.Uri.OriginalString}", $"--Broker:Prefix={prefix}",
            .. TestSettings.For(null), .. address.Settings]).Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host);
    }

    static int Completed(JsonElement batch) =>
        batch.GetProperty("request_counts").GetProperty("completed").GetInt32();
}
