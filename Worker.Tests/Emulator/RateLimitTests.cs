using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Tests.Emulator;

public sealed class RateLimitTests : IAsyncLifetime
{
    readonly FakeTimeProvider time = new();
    EmulatorDriver driver = null!;

    public async ValueTask InitializeAsync() =>
        driver = await EmulatorDriver.Start(new EmulatorOptions { Time = time });

    public ValueTask DisposeAsync() => driver.DisposeAsync();

    [Fact]
    public async Task Request_above_the_limit_waits_for_the_refill()
    {
        Limit(new() { RequestsPerMinute = 2 });
        await driver.Ask("gpt-test");
        await driver.Ask("gpt-test");

        var denied = await driver.Ask("gpt-test");
        time.Advance(TimeSpan.FromSeconds(30));
        var admitted = await driver.Ask("gpt-test");

        Assert.Equal((429, "rate_limit_exceeded"), (denied.Status, denied.Code));
        Assert.Equal("requests", denied.Error.GetProperty("type").GetString());
        Assert.Equal(("30", "30000"), (denied.Headers["Retry-After"], denied.Headers["retry-after-ms"]));
        Assert.Contains("(RPM): Limit 2, Used 2, Requested 1. Please try again in 30s.", denied.Message,
            StringComparison.Ordinal);
        Assert.Equal(200, admitted.Status);
    }

    [Fact]
    public async Task Tokens_are_charged_at_their_maximum()
    {
        Limit(new() { TokensPerMinute = 1_000 });

        var first = await Ask(maxOutputTokens: 900);
        var second = await Ask(maxOutputTokens: 200);

        Assert.Equal("100", first.Headers["x-ratelimit-remaining-tokens"]);
        Assert.Equal("54s", first.Headers["x-ratelimit-reset-tokens"]);
        Assert.Equal(429, second.Status);
        Assert.Equal("tokens", second.Error.GetProperty("type").GetString());
        Assert.Equal("6000", second.Headers["retry-after-ms"]);
    }

    [Fact]
    public async Task Denied_request_consumes_nothing()
    {
        Limit(new() { RequestsPerMinute = 10, TokensPerMinute = 1_000 });
        await Ask(maxOutputTokens: 900);

        var denied = await Ask(maxOutputTokens: 200);

        Assert.Equal("9", denied.Headers["x-ratelimit-remaining-requests"]);
        Assert.Equal("100", denied.Headers["x-ratelimit-remaining-tokens"]);
    }

    [Fact]
    public async Task Denied_request_counts_where_that_is_set()
    {
        Limit(new() { RequestsPerMinute = 10, TokensPerMinute = 1_000, CountsDenied = true });
        await Ask(maxOutputTokens: 900);

        var denied = await Ask(maxOutputTokens: 200);

        Assert.Equal("8", denied.Headers["x-ratelimit-remaining-requests"]);
        Assert.Equal("100", denied.Headers["x-ratelimit-remaining-tokens"]);
    }

    [Fact]
    public async Task Request_larger_than_the_limit_never_passes()
    {
        Limit(new() { TokensPerMinute = 1_000 });

        var denied = await Ask(maxOutputTokens: 1_001);

        Assert.Equal(429, denied.Status);
        Assert.StartsWith("Request too large for gpt-test", denied.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Retry-After", denied.Headers.Keys);
    }

    [Fact]
    public async Task Burst_bounds_what_comes_at_once()
    {
        Limit(new() { RequestsPerMinute = 60, Burst = TimeSpan.FromSeconds(1) });
        await driver.Ask("gpt-test");

        var denied = await driver.Ask("gpt-test");

        Assert.Equal((429, "1"), (denied.Status, denied.Headers["Retry-After"]));
        Assert.Equal("60", denied.Headers["x-ratelimit-limit-requests"]);
        Assert.Equal("0", denied.Headers["x-ratelimit-remaining-requests"]);
    }

    [Fact]
    public async Task Request_larger_than_the_burst_leaves_a_debt()
    {
        Limit(new() { TokensPerMinute = 6_000, Burst = TimeSpan.FromSeconds(1) });

        var first = await Ask(maxOutputTokens: 600);
        var second = await Ask(maxOutputTokens: 100);

        Assert.Equal(200, first.Status);
        Assert.Equal("6000", second.Headers["retry-after-ms"]);
    }

    [Fact]
    public async Task Every_model_and_key_has_its_own_bucket()
    {
        Limit(new() { RequestsPerMinute = 1 });
        await driver.Ask("gpt-test");

        var sameModel = await driver.Ask("gpt-test+slow:0");
        var otherModel = await driver.Ask("gpt-other");
        var otherKey = await driver.Post(
            EmulatorDriver.Responses, """{"model":"gpt-test","input":"Hi"}""", ("Authorization", "Bearer sk-other"));

        Assert.Equal((429, 200, 200), (sameModel.Status, otherModel.Status, otherKey.Status));
    }

    [Fact]
    public async Task Limits_can_be_set_over_HTTP()
    {
        var done = await driver.Send(HttpMethod.Put, "/_emulator/limits",
            """{"model":"gpt-test","rpm":90,"burstSeconds":2}""");

        var answer = await driver.Ask("gpt-test");

        Assert.Equal(204, done.Status);
        Assert.Equal(("90", "2"),
            (answer.Headers["x-ratelimit-limit-requests"], answer.Headers["x-ratelimit-remaining-requests"]));
        Assert.Equal("667ms", answer.Headers["x-ratelimit-reset-requests"]);
    }

    [Fact]
    public async Task Limit_of_nothing_is_refused()
    {
        var answer = await driver.Send(HttpMethod.Put, "/_emulator/limits", """{"rpm":0}""");

        Assert.Equal(400, answer.Status);
    }

    void Limit(RateLimit limit) => driver.Emulator.Limits.Set(RateLimits.EveryModel, limit);

    Task<Answered> Ask(int maxOutputTokens) => driver.Post(
        EmulatorDriver.Responses,
        $$"""{"model":"gpt-test","input":"Hi","max_output_tokens":{{maxOutputTokens}}}""");
}
