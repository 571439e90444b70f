namespace OpenAIWorker.Tests.Limits;

/// <summary>Limits that only refusals show, of a provider that counts tokens otherwise than we do.</summary>
public sealed class UntoldLimitSpecs
{
    const double PerMinute = 60_000;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1.35, 0)]
    [InlineData(0.8, 0)]
    [InlineData(1, 30)]
    public async Task An_untold_limit_is_used_and_hardly_overrun(double factor, double overhead)
    {
        using var provider = new ProviderScene(new(), PerMinute) { Factor = factor, Overhead = overhead };

        var used = await provider.Run(TimeSpan.FromSeconds(95));

        Assert.InRange(used, 0.97, 1.02);
        Assert.InRange(provider.RefusedPerThousand, 0, 5);
    }

    [Theory]
    [InlineData(1.35, 0, true)]
    [InlineData(1, 30, true)]
    [InlineData(1.35, 0, false)]
    [InlineData(1, 30, false)]
    public async Task A_stated_limit_is_kept_whatever_the_provider_counts(double factor, double overhead,
        bool tellsTokens)
    {
        using var provider = new ProviderScene(new(tokens: (long)PerMinute), PerMinute)
        {
            Factor = factor,
            Overhead = overhead,
            TellsTokens = tellsTokens,
        };

        // The first second is the burst that was there before, and the first calls tell what the provider counts.
        await provider.Run(TimeSpan.FromSeconds(1));
        var early = provider.Refused;
        var used = await provider.Run(TimeSpan.FromSeconds(100));

        Assert.InRange(used, 0.99, 1.01);
        Assert.InRange(early, 0, 1);
        Assert.Equal(early, provider.Refused);
    }

    [Fact]
    public async Task A_limit_that_a_refusal_states_is_known_from_then_on()
    {
        using var provider = new ProviderScene(new(), PerMinute) { TellsInWords = true };

        await provider.Run(TimeSpan.FromSeconds(50));

        Assert.Equal(PerMinute, provider.Group.StatedTokens);
        Assert.InRange(provider.Refused, 1, 2);
    }

    [Fact]
    public async Task A_limit_that_falls_is_followed_within_some_refusals()
    {
        using var provider = new ProviderScene(new(), PerMinute);
        await provider.Run(TimeSpan.FromSeconds(60));
        var before = provider.Refused;

        provider.PerMinute = PerMinute / 2;
        var used = await provider.Run(TimeSpan.FromSeconds(30));

        Assert.InRange(provider.Refused - before, 1, 6);
        Assert.InRange(used, 0.9, 1.05);
        Assert.InRange(provider.Group.PerMinute.Tokens, PerMinute * 0.45, PerMinute * 0.55);
    }

    [Fact]
    public async Task A_limit_that_rises_is_found_by_trying_more()
    {
        using var provider = new ProviderScene(new(), PerMinute);
        await provider.Run(TimeSpan.FromSeconds(60));

        provider.PerMinute = PerMinute * 2;
        await provider.Run(TimeSpan.FromMinutes(4));

        Assert.InRange(await provider.Run(TimeSpan.FromSeconds(30)), 0.9, 1.02);
    }

    [Fact]
    public async Task A_limit_that_only_refusals_show_makes_no_job_too_large()
    {
        using var provider = new ProviderScene(new(), PerMinute);

        await provider.Run(TimeSpan.FromSeconds(10));

        Assert.Equal(0, provider.Group.StatedTokens);
        Assert.InRange(provider.Group.PerMinute.Tokens, PerMinute / 2, PerMinute * 2);
    }
}
