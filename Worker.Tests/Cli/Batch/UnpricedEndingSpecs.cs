using System.Text.Json;
using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Batch.Estimates;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>Jobs that cost 0.6 of 1 USD at most, and whose endings name no cost.</summary>
public sealed class UnpricedEndingSpecs
{
    static readonly MessageModel Job =
        new() { JobId = "j", Model = "m", MaxTokens = 2_000, Messages = [new() { Text = "x" }] };

    readonly CostLimit limit = new(1, 0, new JobEstimates(new PriceList(new CostsOptions
    {
        Prices = new Dictionary<string, PriceOptions> { ["own"] = new() { Models = "m", Input = 0, Output = 300 } },
    })));

    [Theory]
    [InlineData("""{"usage":{"inputTokens":1,"outputTokens":5,"totalTokens":6}}""", false)]
    [InlineData("{}", true)]
    public async Task A_call_with_usage_is_taken_to_have_cost_what_was_reserved(string ending, bool isRoomLeft)
    {
        var first = await limit.Reserve(Job, TestContext.Current.CancellationToken);
        limit.Settle(first!.Value, new JobEnding(true, JsonElement.Parse(ending)));

        Assert.Equal(isRoomLeft, await limit.Reserve(Job, TestContext.Current.CancellationToken) is not null);
    }
}
