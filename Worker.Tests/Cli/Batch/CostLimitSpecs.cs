using System.Text.Json;
using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class CostLimitSpecs : IDisposable
{
    readonly BatchScene scene = new();

    [Fact]
    public async Task No_job_is_sent_that_could_make_it_cost_more()
    {
        var client = new FakeClient();
        scene.Given(Enumerable.Range(0, 20).Select(i => Bounded($"j{i}", 1_000)));

        // Each answer costs 0.001. The budget reserves a thousand output tokens at a dollar a million, and a little for
        // the input.
        await scene.Run(client, limit: Limit(0.0055m));

        Assert.Equal(5, client.Sent.Count);
        Assert.Contains("--max-cost 0.0055 would be exceeded by line 6, which may cost 0.001005 USD: 0.005 USD are "
            + "spent.", scene.Stopped);
    }

    [Fact]
    public async Task A_price_that_is_not_known_is_said_and_never_guessed()
    {
        var client = new FakeClient();

        await scene.Given(BatchScene.Job("a", model: "nobody-knows")).Run(client, limit: Limit(100));

        Assert.Empty(client.Sent);
        Assert.Contains("'nobody-knows' of line 1 has no price", scene.Stopped);
    }

    [Fact]
    public async Task The_first_job_that_does_not_tell_its_cost_goes_alone()
    {
        var limit = Sound(1);

        var first = await limit.Reserve(Recording, TestContext.Current.CancellationToken);
        var second = limit.Reserve(Recording, TestContext.Current.CancellationToken);
        Assert.Equal(1, first!.Value.Amount);
        Assert.False(second.IsCompleted);

        limit.Settle(first.Value, Ended("""{"cost":{"amount":0.3}}"""));
        Assert.Equal(0.6m, (await second)!.Value.Amount);
        Assert.Null(await Last(limit, second));
    }

    [Fact]
    public async Task With_nothing_left_no_job_goes_that_does_not_tell_its_cost()
    {
        // Spent by an earlier run, and before any job of this one has told its cost.
        var limit = new CostLimit(1, 1, new(new(new CostsOptions())));

        Assert.Null(await limit.Reserve(Recording, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_no_answer_tells_is_not_sent()
    {
        var client = new FakeClient();
        scene.Given(
            """{"operation":"generate-speech","jobId":"a","model":"gpt-4o-mini-tts","voice":"alloy","text":"Hello."}""");

        await scene.Run(client, limit: Sound(1));

        Assert.Empty(client.Sent);
        Assert.Contains("line 1 is billed by something that no answer shows: the generated sound", scene.Stopped);
    }

    static TranscribeAudio Recording => new() { Model = "whisper-1", Audio = new() { Url = "https://x.org/a.mp3" } };

    static CostLimit Sound(decimal most) => new(most, 0, new(new(new CostsOptions())));

    // Its sound may cost as much again as the most expensive job, which leaves no room.
    static async Task<SetAside?> Last(CostLimit limit, Task<SetAside?> before)
    {
        limit.Settle((await before)!.Value, Ended("""{"cost":{"amount":0.3}}"""));
        return await limit.Reserve(Recording, TestContext.Current.CancellationToken);
    }

    static JobEnding Ended(string json) => new(isCompleted: true, JsonElement.Parse(json));

    static CostLimit Limit(decimal most) => new(most, 0, new(new PriceList(new CostsOptions
    {
        Prices = new Dictionary<string, PriceOptions> { ["m"] = new() { Models = "m", Input = 1, Output = 1 } },
    })));

    static string Bounded(string id, int tokens) =>
        $$"""{"operation":"message-model","jobId":"{{id}}","model":"m","maxTokens":{{tokens}},"messages":[{"text":"x"}]}""";

    public void Dispose() => scene.Dispose();
}
