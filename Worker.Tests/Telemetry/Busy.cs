using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>A worker with jobs of all kinds behind it.</summary>
static class Busy
{
    public static async Task<EmbeddedWorker> Worker()
    {
        var worker = await EmbeddedWorker.Start(
            "--Costs:Prices:one:Models=m", "--Costs:Prices:one:Input=1", "--Costs:Prices:one:Output=1",
            "--Limits:Groups:full:Models=full", "--Limits:Groups:full:RequestsPerMinute=300",
            "--Limits:MaxHold=00:00:00", "--Records:Keep=Endings");
        await worker.Answer(Ask("m") with { JobId = "again" });
        worker.Events.Forget("again");
        await worker.Answer(Ask("m") with { JobId = "again" });
        await worker.Answer(Ask("m"));
        await worker.Answer(Ask("unpriced"));
        await worker.Answer(Ask("m+status:429#1"));
        await worker.Failure(Ask("m+status:400"));
        await worker.Answer(new CreateEmbeddings { Model = "e", Text = "x" });
        await worker.Failure(new CreateEmbeddings { Model = "e+status:400", Text = "x" });
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => worker.Answer(Ask("full"))));
        return worker;
    }

    public static MessageModel Ask(string model) => new() { Model = model, Messages = [new() { Text = "x" }] };
}
