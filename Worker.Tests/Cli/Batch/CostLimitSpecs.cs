using OpenAIWorker.Cli.Batch;
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

        // Each answer costs 0.001; a thousand tokens of output are set aside at a dollar a million, and a little for
        // the input.
        await scene.Run(client, limit: Limit(0.0055m));

        Assert.Equal(5, client.Sent.Count);
        Assert.Contains("--max-cost 0.0055 would be exceeded by line 6", scene.Stopped);
    }

    [Fact]
    public async Task A_price_that_is_not_known_is_said_and_never_guessed()
    {
        var client = new FakeClient();

        await scene.Given(BatchScene.Job("a", model: "nobody-knows")).Run(client, limit: Limit(100));

        Assert.Empty(client.Sent);
        Assert.Contains("'nobody-knows' of line 1 has no price", scene.Stopped);
    }

    static CostLimit Limit(decimal most) => new(most, 0, new(new PriceList(new CostsOptions
    {
        Prices = new Dictionary<string, PriceOptions> { ["m"] = new() { Models = "m", Input = 1, Output = 1 } },
    })));

    static string Bounded(string id, int tokens) =>
        $$"""{"operation":"message-model","jobId":"{{id}}","model":"m","maxTokens":{{tokens}},"messages":[{"text":"x"}]}""";

    public void Dispose() => scene.Dispose();
}
