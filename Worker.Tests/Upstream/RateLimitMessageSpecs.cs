using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tests.Upstream;

/// <summary>What a refusal says of the limit in words.</summary>
public sealed class RateLimitMessageSpecs
{
    const string Tokens = "Rate limit reached for gpt-6 in organization org-1 on tokens per min (TPM): Limit 60000, "
        + "Used 59800, Requested 412. Please try again in 212ms.";
    const string Requests = "Rate limit reached for gpt-6 in organization org-1 on requests per min (RPM): Limit 3, "
        + "Used 3, Requested 1. Please try again in 20s.";
    const string Day = "Rate limit reached for gpt-6 in organization org-1 on requests per day (RPD): Limit 200, Used "
        + "200, Requested 1. Please try again in 7m12s.";

    [Theory]
    [InlineData("tokens", Tokens, true, 60_000.0)]
    [InlineData("requests", Requests, false, 3.0)]
    [InlineData("requests", Day, false, null)]
    [InlineData("rate_limit_error", Tokens, null, null)]
    [InlineData("tokens", "Too many requests.", true, null)]
    [InlineData("tokens", "on tokens per min (TPM): Limit 0, Used 0", true, null)]
    [InlineData(null, null, null, null)]
    public void Which_limit_it_is_and_how_much_of_it_there_is_a_minute(string? type, string? message, bool? isOfTokens,
        double? perMinute)
    {
        var error = new UpstreamError { Type = type, Message = message };

        Assert.Equal((isOfTokens, perMinute), (error.IsOfTokens(), error.LimitPerMinute()));
    }

    [Theory]
    [InlineData("tokens", Tokens, 412L)]
    [InlineData("requests", Requests, null)]
    [InlineData("tokens", "Too many requests.", null)]
    public void Tokens_that_a_call_would_have_been_charged_are_read_of_a_limit_of_tokens_only(string type,
        string message, long? tokens) =>
        Assert.Equal(tokens, new UpstreamError { Type = type, Message = message }.RequestedTokens());
}
