using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tests.Upstream;

public sealed class RetryWishSpecs
{
    [Theory]
    [InlineData("Please retry after 6 seconds.", 6)]
    [InlineData("Please retry in 3.2s.", 3.2)]
    [InlineData("Please try again in 6m0s. Visit https://platform.openai.com", 360)]
    [InlineData("Please try again in 320ms.", 0.32)]
    [InlineData("Try your request again in 1 minute and 5 seconds", 65)]
    [InlineData("Please wait 30 secs before you call", 30)]
    [InlineData("The limit resets in 2 hours", 7_200)]
    [InlineData("Rate limit exceeded, retry after 1h2m3s", 3_723)]
    [InlineData("available again in 1 day", 86_400)]
    [InlineData("Request was throttled. Expected available in 6 seconds.", 6)]
    [InlineData("Your quota refills in 4 seconds", 4)]
    [InlineData("Please back off for 4 seconds", 4)]
    public void A_wait_in_words_is_understood(string words, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryWish.In(new() { Message = words }));

    static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Please try again at 2026-12-01T12:00:30Z.")]
    [InlineData("Limit reached; try again after 2026-12-01 12:00:30 UTC")]
    [InlineData("Your limit resets on Tue, 01 Dec 2026 12:00:30 GMT")]
    [InlineData("Retry at: 1796126430")]
    public void A_point_in_time_is_understood(string words)
    {
        Assert.Equal(TimeSpan.FromSeconds(30), RetryWish.In(new() { Message = words }, Now));
        Assert.Null(RetryWish.In(new() { Message = words }));
    }

    [Theory]
    [
        InlineData(
            """{"error":{"metadata":{"headers":"""
                + """{"X-RateLimit-Limit":"20","X-RateLimit-Remaining":"0","X-RateLimit-Reset":"1796126430000"}}}}""")]
    [InlineData("""{"error":{"metadata":{"headers":{"Retry-After":"30"}}}}""")]
    public void Headers_that_a_gateway_puts_into_the_body_are_obeyed(string body) =>
        Assert.Equal(TimeSpan.FromSeconds(30),
            RetryWish.In(new()
            {
                Body = JsonElement.Parse(body),
                Message = "Rate limit exceeded: free-models-per-min."
            }, Now));

    [Theory]
    [InlineData("You may send 60 requests per 60 seconds.")]
    [InlineData("Try again later.")]
    [InlineData("retry after 6 sheep")]
    [InlineData("Your prompt has 9000 tokens, limit 4096")]
    [InlineData("")]
    public void Other_words_are_no_wait(string words) => Assert.Null(RetryWish.In(new() { Message = words }));

    [Theory]
    [InlineData("""{"error":{"details":[{"@type":"x"},{"retryDelay":"17s"}]}}""", 17)]
    [InlineData("""{"error":{"details":[{"@type":"x"},{"retryDelay":{"seconds":17,"nanos":0}}]}}""", 17)]
    [InlineData("""{"error":{"retry_after":"PT17S"}}""", 17)]
    [InlineData("""{"retry_after":"17s"}""", 17)]
    [InlineData("""[{"error":{"details":[{"retryDelay":"3.5s"}]}}]""", 3.5)]
    [InlineData("""{"error":{"retry_after":4}}""", 4)]
    [InlineData("""{"retry_after":"5.5"}""", 5.5)]
    [InlineData("""{"error":{"metadata":{"retry_after_ms":1500}}}""", 1.5)]
    public void A_member_goes_before_the_words(string body, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds),
            RetryWish.In(new() { Body = JsonElement.Parse(body), Message = "Try again in 99s" }));

    [Theory]
    [InlineData("""{"retry_after":-1}""")]
    [InlineData("""{"retry_after":1e999}""")]
    [InlineData("""{"error":{"details":[{"retryDelay":"soon"}]}}""")]
    public void Nonsense_is_no_wait(string body) => Assert.Null(RetryWish.In(new() { Body = JsonElement.Parse(body) }));

    [Fact]
    public void No_wait_is_longer_than_a_month() =>
        Assert.Equal(TimeSpan.FromDays(31), RetryWish.In(new() { Message = "Try again in 99 days" }));

    [Fact]
    public void A_header_goes_before_the_body_and_the_body_before_a_reset()
    {
        var error = new UpstreamError { Message = "Please try again in 20s." };

        Assert.Equal(TimeSpan.FromSeconds(7),
            FailureClassifier.Of(429, error, FakeHeaders.Read("retry-after: 7")).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(20),
            FailureClassifier.Of(429, error, FakeHeaders.Read("x-ratelimit-reset-requests: 6m0s")).RetryAfter);
    }
}
