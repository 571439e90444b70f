using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Credentials;

/// <summary>A 401, 402 or 403 may concern one request, or the key. Only the second affects everybody.</summary>
public sealed class RefusedRequestSpecs
{
    const string Flagged = "flagged";

    [Theory]
    // OpenRouter's moderation, OpenAI's unverified organization, a key without the scope, a price above the balance, a
    // firewall's page.
    [InlineData(403,
        """{"error":{"code":403,"message":"m-1 requires moderation. Your input was flagged for """
            + """\"violence\".","metadata":{"reasons":["violence"]}}}""", FailureCodes.ContentPolicy)]
    [InlineData(403,
        """{"error":{"message":"Your organization must be verified to use the model """
            + """`gpt-image-1`.","type":"invalid_request_error","param":null,"code":null}}""", FailureCodes.Forbidden)]
    [InlineData(401,
        """{"error":{"message":"You have insufficient permissions for this operation. Missing scopes: """
            + """api.responses.write.","type":"invalid_request_error","param":null,"code":null}}""",
            FailureCodes.Unauthorized)]
    [InlineData(402,
        """{"error":{"code":402,"message":"This request requires more credits, or fewer max_tokens. You requested """
            + """up to 500 tokens, but can only afford 100."}}""", FailureCodes.QuotaExhausted)]
    [InlineData(403, "<html><title>403 Forbidden</title></html>", FailureCodes.Forbidden)]
    public async Task A_refusal_that_a_harmless_call_does_not_meet_is_that_jobs_alone(int status, string body,
        string code)
    {
        await using var provider = await KeyedProvider.Start();
        provider.Refusal = (_, _, text) => text.Contains(Flagged, StringComparison.Ordinal) ? (status, body) : null;
        await using var worker = await Of(provider);

        var refused = await worker.Failure(Operations.Messages.Smallest with { Messages = [new() { Text = Flagged }] });
        var other = await worker.Answer(Operations.Messages.Smallest);

        Assert.Equal((code, status, 1), (refused.Code, refused.Status, refused.Attempts));
        Assert.Equal("yes", other.Text);
        // If the message concerns the prompt or its price, no probe is needed.
        Assert.Equal(code is FailureCodes.ContentPolicy or FailureCodes.QuotaExhausted ? 0 : 1, provider.Probes);
    }

    [Fact]
    public async Task A_key_that_may_not_even_list_models_is_known_all_the_same()
    {
        await using var provider = await KeyedProvider.Start();
        provider.Refusal = (path, _, text) =>
            path.EndsWith("/models", StringComparison.Ordinal) || text.Contains(Flagged, StringComparison.Ordinal)
            ? (403,
                """{"error":{"message":"You have insufficient permissions for this operation. Missing scopes: """
                    + """x.","code":null}}""")
            : null;
        await using var worker = await Of(provider);

        Assert.Equal(FailureCodes.Forbidden,
            (await worker.Failure(Operations.Messages.Smallest with { Messages = [new() { Text = Flagged }] })).Code);
        Assert.Equal("yes", (await worker.Answer(Operations.Messages.Smallest)).Text);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Where_the_provider_cannot_be_asked_the_job_is_tried_again(int status)
    {
        await using var provider = await KeyedProvider.Start();
        var calls = 0;
        provider.Refusal = (path, _, _) =>
            path.EndsWith("/models", StringComparison.Ordinal) ? (status, "") : calls++ == 0 ? (403, "") : null;
        await using var worker = await Of(provider);

        Assert.Equal(2, (await worker.Answer(Operations.Messages.Smallest)).Attempts);
    }

    [Theory]
    // Mistral and many others send no code; the last one sends only a type.
    [InlineData(401, """{"message":"Unauthorized"}""")]
    [InlineData(403, "<html><title>403 Forbidden</title></html>")]
    [InlineData(429,
        """{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","param":null,"code":"""
            + """null}}""")]
    public async Task One_that_every_call_meets_pauses_the_credential_until_the_worker_sees_that_it_works(int status,
        string body)
    {
        await using var provider = await KeyedProvider.Start();
        provider.Refusal = (_, _, _) => (status, body);
        await using var worker = await Of(provider, "--Delivery:ProbeInterval=00:00:01");
        var waits = worker.End(Operations.Messages.Smallest with { JobId = "waits" });
        await Eventually.Is(() => worker.Events.Delays("waits").Count > 0);

        provider.Refusal = (_, _, _) => null;

        Assert.Equal(Endings.Completed, (await waits).GetProperty("ending").GetString());
        Assert.True(provider.Probes > 0);
    }

    static Task<EmbeddedWorker> Of(KeyedProvider provider, params string[] settings) =>
        EmbeddedWorker.Start([$"--OpenAI:Credentials:default:BaseUrl={provider.Url}", .. settings]);
}
