using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Costs;

public sealed class PriceListSpecs
{
    static readonly PriceList Prices = new(new CostsOptions
    {
        Prices = new Dictionary<string, PriceOptions>
        {
            ["all"] = new() { Models = "gpt-6*", Input = 10, CachedInput = 1, Output = 40 },
            ["small"] = new() { Models = "gpt-6-luna*, tiny", Input = 1, Output = 4 },
            ["ears"] = new() { Models = "whisper-1", AudioMinute = 0.006m },
            ["brush"] = new() { Models = "dall-e-3", Image = 0.04m },
            ["vectors"] = new() { Models = "text-embedding-3-small", Input = 0.02m },
            ["free"] = new() { Models = "local", Input = 0, Output = 0 },
        },
    });

    [Theory]
    [InlineData("gpt-6-2026-01-01", 100, 50, 60, 0.00295)]
    [InlineData("gpt-6-luna-2026-01-01", 100, 50, 60, 0.00034)]
    [InlineData("tiny", 1, 0, 0, 0.000001)]
    [InlineData("local", 1_000, 0, 1_000, 0)]
    [InlineData("text-embedding-3-small", 1_000_000, 0, 0, 0.02)]
    public void Tokens_cost_what_the_longest_name_that_fits_says(string model, long input, long cached, long output,
        double dollars) =>
        Assert.Equal(((decimal)dollars, "USD"),
            Of(new() { InputTokens = input, CachedTokens = cached, OutputTokens = output }, model));

    [Fact]
    public void Sound_costs_by_the_minute_and_images_by_their_number()
    {
        Assert.Equal((0.003m, "USD"), Of(new() { AudioSeconds = 30 }, "whisper-1"));
        Assert.Equal((0.08m, "USD"), Of(new() { Images = 2 }, "dall-e-3"));
    }

    [Fact]
    public void Images_of_a_model_that_is_paid_by_tokens_need_no_price_of_their_own() =>
        Assert.Equal((0.0005m, "USD"), Of(new() { InputTokens = 10, OutputTokens = 10, Images = 1 }, "gpt-6"));

    [Fact]
    public void The_name_that_was_asked_for_counts_where_the_one_that_answered_has_no_price() =>
        Assert.Equal(0.000001m, Prices.Of(new() { InputTokens = 1 }, null, "tiny-snapshot", "tiny")!.Amount);

    [Theory]
    [InlineData("gpt-0")]
    [InlineData("gpt-6-luna", null, 30.0)]
    [InlineData("whisper-1")]
    [InlineData(null)]
    public void What_has_no_price_costs_nothing_that_is_known(string? model, long? input = 1, double? seconds = null) =>
        Assert.Null(Prices.Of(new() { InputTokens = input ?? 0, AudioSeconds = seconds }, null, model));

    [Theory]
    [InlineData("Input", "-1", "Costs:Prices:one:Input is -1; allowed: 0 to 1000000.")]
    [InlineData("Input", "much", "Costs:Prices:one:Input is 'much'; allowed: 0 to 1000000.")]
    [InlineData("CachedInput", "1",
        "Costs:Prices:one has no price. Give Input and Output, AudioMinute or Image; 0 for what is free.")]
    [InlineData("Price", "1",
        "Costs:Prices:one:Price is not a setting. 'worker settings Costs' shows the existing ones.")]
    public void A_wrong_price_stops_the_worker_in_a_sentence(string name, string value, string says) =>
        Assert.Contains(says, Problems("--Costs:Prices:one:Models=m", $"--Costs:Prices:one:{name}={value}"));

    [Fact]
    public void A_price_needs_models() => Assert.Contains(
        "Costs:Prices:one:Models is missing. Name the models that have this price, joined by commas, such as "
            + "gpt-6-luna*.", Problems("--Costs:Prices:one:Input=1"));

    static (decimal, string)? Of(Usage usage, string? model) =>
        Prices.Of(usage, null, model) is { } cost ? (cost.Amount, cost.Currency) : null;

    static IReadOnlyList<string> Problems(params string[] settings)
    {
        try
        {
            using var host = WorkerHost.Worker([.. settings, "--OpenAI:Credentials:default:ApiKey=any"]).Build();
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (SettingsException wrong)
        {
            return wrong.Problems;
        }
        catch (OptionsValidationException wrong)
        {
            return [.. wrong.Failures];
        }
    }
}
