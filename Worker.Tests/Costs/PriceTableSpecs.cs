using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;

namespace OpenAIWorker.Tests.Costs;

/// <summary>The rules of the built-in price list, tried with its own figures.</summary>
public sealed class PriceTableSpecs
{
    static readonly PriceList Prices = new(new CostsOptions());

    [Theory]
    [InlineData("gpt-5.4", null, 1_000, 0, 100)]
    [InlineData("gpt-5.4-2026-03-05", "default", 1_000, 400, 100)]
    [InlineData("gpt-5.4", "flex", 1_000, 400, 100)]
    [InlineData("gpt-5.4", "priority", 1_000, 0, 100)]
    public void Tokens_cost_what_their_tier_costs_and_the_cached_ones_less(string model, string? tier, long input,
        long cached, long output)
    {
        var suffix = tier is null or "default" ? "" : $"_{tier}";
        var expected = (input - cached) * Field("gpt-5.4", $"input_cost_per_token{suffix}")
            + cached * Field("gpt-5.4", $"cache_read_input_token_cost{suffix}")
            + output * Field("gpt-5.4", $"output_cost_per_token{suffix}");

        Assert.Equal(expected, Prices.Of(new() { InputTokens = input, CachedTokens = cached, OutputTokens = output },
            tier, model)!.Amount);
    }

    [Fact]
    public void Above_the_long_context_every_token_costs_more()
    {
        Assert.Equal(272_000 * Field("gpt-5.4", "input_cost_per_token"),
            Prices.Of(new() { InputTokens = 272_000 }, null, "gpt-5.4")!.Amount);
        Assert.Equal(272_001 * Field("gpt-5.4", "input_cost_per_token_above_272k_tokens"),
            Prices.Of(new() { InputTokens = 272_001 }, null, "gpt-5.4")!.Amount);
    }

    [Fact]
    public void What_is_written_to_the_cache_costs_its_own_price_instead()
    {
        var usage = new Usage { InputTokens = 1_000, CacheWriteTokens = 600 };

        Assert.Equal(400 * Field("gpt-5.6", "input_cost_per_token")
            + 600 * Field("gpt-5.6", "cache_creation_input_token_cost"), Prices.Of(usage, null, "gpt-5.6")!.Amount);
    }

    [Theory]
    [InlineData("default", 2)]
    [InlineData("batch", 1)]
    public void Batches_cost_half_where_the_list_does_not_say_what_they_cost(string tier, int dollars) =>
        Assert.Equal(dollars, new ModelPrice(new Dictionary<string, decimal>
        {
            ["input_cost_per_token"] = 0.25m,
            ["output_cost_per_token"] = 0.5m,
        }, "chat").Of(new() { InputTokens = 4, OutputTokens = 2 }, tier));

    [Fact]
    public void Images_and_sound_have_prices_of_their_own()
    {
        Assert.Equal(50 * Field("gpt-image-1", "input_cost_per_token")
            + 200 * Field("gpt-image-1", "input_cost_per_image_token")
            + 1_000 * Field("gpt-image-1", "output_cost_per_image_token"),
            Prices.Of(new() { InputTokens = 250, InputImageTokens = 200, OutputTokens = 1_000, Images = 1 }, null,
                "gpt-image-1")!.Amount);
        Assert.Equal(60 * Field("whisper-1", "input_cost_per_second"),
            Prices.Of(new() { AudioSeconds = 60 }, null, "whisper-1")!.Amount);
        Assert.Equal(1_000 * Field("tts-1", "input_cost_per_character"), Prices.OfCharacters(1_000, "tts-1")!.Amount);
    }

    [Theory]
    [InlineData("nobody-knows", null)]
    [InlineData("gpt-5.4", "a-tier-of-tomorrow")]
    [InlineData("gpt-4o", "ultrafast")]
    [InlineData(null, null)]
    public void What_has_no_price_is_not_known(string? model, string? tier) =>
        Assert.Null(Prices.Of(new() { InputTokens = 1 }, tier, model));

    [Fact]
    public void The_settings_go_before_the_list_and_may_be_of_a_tier()
    {
        var prices = new PriceList(
            new CostsOptions
            {
                Prices = new Dictionary<string, PriceOptions>
                {
                    ["own"] = new()
                    {
                        Models = "gpt-5.4",
                        Tier = "flex",
                        Input = 7,
                        Output = 7
                    }
                }
            });

        Assert.Equal(7m, prices.Of(new() { InputTokens = 1_000_000 }, "flex", "gpt-5.4")!.Amount);
        Assert.Equal(1_000 * Field("gpt-5.4", "input_cost_per_token"),
            prices.Of(new() { InputTokens = 1_000 }, null, "gpt-5.4")!.Amount);
    }

    [Fact]
    public void Another_list_takes_the_place_of_the_one_that_is_built_in()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file,
            """{"sample_spec":{"max_tokens":"text"},"mine":{"input_cost_per_token":1e-06,"output_cost_per_token":"""
                + """2e-06,"litellm_provider":"x"}}""");
        var prices = new PriceList(new CostsOptions { PriceFile = file });

        Assert.Equal(0.000005m, prices.Of(new() { InputTokens = 3, OutputTokens = 1 }, null, "mine")!.Amount);
        Assert.Null(prices.Of(new() { InputTokens = 1 }, null, "gpt-5.4"));
        File.Delete(file);
    }

    [Fact]
    public void Every_model_that_talks_has_a_price_for_input_and_output() => Assert.All(
        Json.EnumerateObject().Where(model =>
            model.Value.TryGetProperty("mode", out var mode) && mode.GetString() is "chat" or "responses"),
        model =>
            Assert.True(Prices.Of(new() { InputTokens = 10, OutputTokens = 10 }, null, model.Name) is not null,
                model.Name));

    static System.Text.Json.JsonElement Json { get; } =
        System.Text.Json.JsonElement.Parse(Repository.Read("Worker/Costs/openai-prices.json"));

    static decimal Field(string model, string field) => Json.GetProperty(model).GetProperty(field).GetDecimal();
}
