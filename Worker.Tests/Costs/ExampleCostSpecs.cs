using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Tests.Contracts;

namespace OpenAIWorker.Tests.Costs;

public sealed class ExampleCostSpecs
{
    static readonly PriceList Prices = new(new CostsOptions());

    public static TheoryData<string> Results =>
        [.. Example.All.Select(example => example.File)
            .Where(file => file.EndsWith(".result.json", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Results))]
    public void An_example_costs_what_the_price_list_says(string file)
    {
        var result = JsonNode.Parse(new Example(file).Json)!;
        var usage = result["usage"].Deserialize<Usage>(JsonSerializerOptions.Web);
        var asked = JsonNode.Parse(new Example(file.Replace(".result.", ".request.", StringComparison.Ordinal)).Json)!;

        var known = usage is null
            ? null
            : Prices.Of(usage, (string?)result["serviceTier"], (string?)result["model"], (string?)asked["model"]);

        Assert.Equal(known?.Amount, (decimal?)result["cost"]?["amount"]);
    }

    [Fact]
    public void The_models_of_examples_have_a_price()
    {
        var models = Example.All.Select(example => JsonNode.Parse(example.Json)!)
            .Concat(Repository.Read("ops/samples/jobs.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!))
            .Select(message => (string?)message["model"])
            .OfType<string>()
            .Distinct();

        Assert.All(models, model => Assert.NotNull(PriceTable.BuiltIn.For(model)));
    }
}
