namespace OpenAIWorker.Tests.Upstream;

public sealed class UpstreamHeadersSpecs
{
    static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("retry-after-ms: 250; retry-after: 7; x-ratelimit-reset-requests: 9s", 0.25)]
    [InlineData("x-ms-retry-after-ms: 500; retry-after: 7", 0.5)]
    [InlineData("retry-after: 7; x-ratelimit-reset-requests: 9s", 7)]
    [InlineData("retry-after: 0.5", 0.5)]
    [InlineData("x-ratelimit-reset-requests: 9s; x-ratelimit-reset-tokens: 6m0s", 360)]
    [InlineData("x-ratelimit-reset-requests: 9s; x-ratelimit-reset-tokens: 120ms", 9)]
    [InlineData("x-ratelimit-reset-tokens: 1m30s", 90)]
    [InlineData("x-ratelimit-reset-tokens: 12", 12)]
    [InlineData("x-ratelimit-reset-requests: 0.5; x-ratelimit-reset-tokens: 3", 3)]
    [InlineData("x-ratelimit-reset: 1796126430", 30)]
    [InlineData("x-ratelimit-reset: 1796126430000", 30)]
    [InlineData("x-ratelimit-reset-requests: 2026-12-01T12:00:30Z", 30)]
    [InlineData("ratelimit-reset: 8", 8)]
    [InlineData("retry-after: 6s", 6)]
    [InlineData("retry-after: 1796126430", 30)]
    [InlineData("retry-after: 4 seconds", 4)]
    [InlineData("retry-after: 4, 7", 7)]
    [InlineData("retry-after: 4,4", 4)]
    [
        InlineData(
            "anthropic-ratelimit-requests-remaining: 5; anthropic-ratelimit-requests-reset: 2026-12-01T12:01:00Z; "
                + "anthropic-ratelimit-input-tokens-remaining: 0; anthropic-ratelimit-input-tokens-reset: "
                + "2026-12-01T12:00:20Z", 20)]
    [InlineData("anthropic-ratelimit-tokens-reset: 2026-12-01T12:00:20Z", 20)]
    [InlineData("ratelimit: limit=100, remaining=0, reset=50", 50)]
    [InlineData("ratelimit: limit=100, remaining=7, reset=50", 50)]
    [InlineData("ratelimit: default;r=0;t=50", 50)]
    [InlineData("ratelimit: \"burst\";r=0;t=4, \"daily\";r=500;t=80000", 4)]
    [InlineData("ratelimit: \"burst\";r=3;t=4, \"daily\";r=500;t=80000", 4)]
    [InlineData("ratelimit: \"burst\";r=0;t=4, \"daily\";r=0;t=80000", 80_000)]
    [InlineData("ratelimit-policy: \"burst\";q=10;w=6, \"daily\";q=500;w=86400; ratelimit: \"burst\";r=0", 6)]
    [InlineData("ratelimit: \"default\";r=0;t=50; retry-after: 7", 7)]
    public void Finest_wish_comes_first(string headers, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), FakeHeaders.Read(headers, Now).RetryAfter);

    [Theory]
    [InlineData("retry-after: Tue, 01 Dec 2026 12:00:30 GMT", 30)]
    [InlineData("retry-after: Tuesday, 01-Dec-26 12:00:30 GMT", 30)]
    [InlineData("retry-after: Tue Dec  1 12:00:30 2026", 30)]
    [InlineData("retry-after: \"7\"", 7)]
    [InlineData("retry-after: Tue, 01 Dec 2026 11:59:30 GMT; x-ratelimit-reset-tokens: 4s", 4)]
    public void Date_counts_from_now_and_only_if_it_is_to_come(string headers, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), FakeHeaders.Read(headers, Now).RetryAfter);

    [Theory]
    [InlineData("")]
    [InlineData("retry-after: soon")]
    [InlineData("ratelimit-policy: default;q=10;w=6")]
    [InlineData("ratelimit: default;r=7")]
    [InlineData("retry-after-ms: -1")]
    [InlineData("retry-after: NaN; x-ratelimit-reset-requests: -1")]
    [InlineData("retry-after: Tue, 01 Dec 2026 11:59:30 GMT")]
    public void Nonsense_is_no_wish(string headers) => Assert.Null(FakeHeaders.Read(headers, Now).RetryAfter);

    [Theory]
    [InlineData("retry-after-ms: -1; retry-after: 7")]
    [InlineData("retry-after-ms: many; retry-after: 7")]
    public void Nonsense_gives_way_to_the_next_header(string headers) =>
        Assert.Equal(TimeSpan.FromSeconds(7), FakeHeaders.Read(headers, Now).RetryAfter);

    [Theory]
    [InlineData("retry-after: 8000000")]
    [InlineData("retry-after: Wed, 01 Sep 2027 12:00:00 GMT")]
    [InlineData("x-ratelimit-reset-requests: 999h; x-ratelimit-reset-tokens: 1s")]
    public void No_wish_is_longer_than_a_month(string headers) =>
        Assert.Equal(TimeSpan.FromDays(31), FakeHeaders.Read(headers, Now).RetryAfter);

    [Theory]
    [InlineData("retry-after: 1e300; retry-after-ms: 7000")]
    [InlineData("retry-after: 99999999999999999999; x-ratelimit-reset-requests: 7s")]
    [InlineData("retry-after: Wed, 01 Dec 9999 12:00:00 GMT; x-ratelimit-reset-requests: 7s")]
    [InlineData("x-ratelimit-reset-requests: 2562047h47m16.854775807s; x-ratelimit-reset-tokens: 7s")]
    [InlineData("x-ratelimit-reset-requests: 9223372036854775807; x-ratelimit-reset-tokens: 7s")]
    public void An_impossible_wait_is_ignored(string headers) =>
        Assert.Equal(TimeSpan.FromSeconds(7), FakeHeaders.Read(headers, Now).RetryAfter);

    [Theory]
    [InlineData("x-should-retry: true", true)]
    [InlineData("x-should-retry: false", false)]
    [InlineData("x-should-retry: perhaps", null)]
    [InlineData("", null)]
    public void Providers_own_verdict_is_read(string headers, bool? expected) =>
        Assert.Equal(expected, FakeHeaders.Read(headers).ShouldRetry);

    [Fact]
    public void Request_id_is_read() => Assert.Equal("req_1", FakeHeaders.Read("X-Request-Id: req_1").RequestId);
}
