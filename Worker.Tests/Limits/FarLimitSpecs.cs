using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tests.Operations;

namespace OpenAIWorker.Tests.Limits;

/// <summary>Tokens are counted exactly only if a limit of them is near.</summary>
public sealed class FarLimitSpecs
{
    static readonly TokenEstimate Rough = new(100, 200) { IsRough = true };

    [Theory]
    [InlineData(100_000_000, true)]
    [InlineData(60_000, false)]
    public void A_limit_is_far_when_many_such_calls_could_be_made_now(long tokens, bool isFar)
    {
        using var scene = new GroupScene(tokens: tokens);

        Assert.Equal(isFar, scene.Group.IsFarFor(Rough));
    }

    [Fact]
    public async Task A_far_limit_comes_near_when_it_is_used_up()
    {
        using var scene = new GroupScene(tokens: 6_000_000);
        Assert.True(scene.Group.IsFarFor(Rough));

        await scene.Ask(tokens: 90_000);
        Assert.False(scene.Group.IsFarFor(Rough));

        scene.Pass(TimeSpan.FromSeconds(1));
        Assert.True(scene.Group.IsFarFor(Rough));
    }

    [Fact]
    public async Task What_the_provider_counts_corrects_each_way_of_counting_by_itself()
    {
        using var scene = new GroupScene(tokens: 100_000_000);
        var exact = Rough with { IsRough = false };
        var before = scene.Group.SpendingOf(exact).Tokens;

        for (var calls = 0; calls < 50; calls++)
        {
            var turn = await scene.Group.Wait(new("", Rough, scene.Group.SpendingOf(Rough), TimeSpan.FromMinutes(1),
                int.MaxValue, Steady.Now(scene.Wall)), CancellationToken.None);
            turn!.End(new(false, false, null, TimeSpan.FromMilliseconds(100), (long)(Rough.Input * 3), null));
        }

        Assert.Equal(before, scene.Group.SpendingOf(exact).Tokens);
        Assert.InRange(scene.Group.SpendingOf(Rough).Tokens, Rough.Input * 3 + Rough.Output,
            Rough.Input * 3.4 + Rough.Output);
    }

    [Fact]
    public void Bytes_tell_of_a_request_what_tokens_do_but_for_a_factor()
    {
        var job = Messages.Smallest with
        {
            Instructions = "Answer in one word. " + new string('x', 1_000),
            MaxTokens = 16
        };

        var (rough, exact) = (TokenEstimate.Roughly(job), TokenEstimate.Of(job));

        Assert.True(rough.IsRough);
        Assert.Equal(exact.Output, rough.Output);
        Assert.InRange(rough.Input / exact.Input, 0.2, 5);
    }
}
