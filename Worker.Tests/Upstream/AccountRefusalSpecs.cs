using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tests.Upstream;

/// <summary>
/// A refusal that concerns the account pauses its credential at once; one that concerns a job ends only that job.
/// </summary>
public sealed class AccountRefusalSpecs
{
    [Theory]
    [InlineData(402,
        """{"error":{"message":"Insufficient credits. This account never purchased credits. Make sure your key is """
            + """on the correct account.","code":402}}""")]
    [InlineData(402,
        """{"error":{"message":"Credit limit exceeded, please navigate to https://api.together.ai/settings/billing """
            + """to upgrade.","type":"credit_limit"}}""")]
    [InlineData(402,
        """{"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}}""")]
    [InlineData(400,
        """{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to """
            + """access the Anthropic API. Please go to Plans & Billing."}}""")]
    [InlineData(400,
        """{"error":{"code":"Arrearage","message":"Access denied, please make sure your account is in good """
            + """standing.","type":"Arrearage"}}""")]
    [InlineData(400,
        """{"error":{"message":"Budget has been exceeded! Current cost: 10.1, Max budget: """
            + """10.0","type":"budget_exceeded","param":null,"code":"400"}}""")]
    [InlineData(403, """{"code":30001,"message":"Sorry, your account balance is insufficient","data":null}""")]
    [InlineData(429, """{"error":{"code":"1113","message":"您的账户已欠费，请充值后重试。"}}""")]
    [InlineData(429,
        """{"error":{"message":"Your account is suspended, please check your plan and billing """
            + """details","type":"exceeded_current_quota_error"}}""")]
    [InlineData(403,
        """{"code":"x","error":"Your team has either used all available credits or reached its monthly spending """
            + """limit. You have no credits."}""")]
    public void An_empty_account_pauses(int status, string body)
    {
        var failure = Of(status, body);

        Assert.Equal((FailureCodes.QuotaExhausted, Remedy.Operator, CredentialBlame.Certain),
            (failure.Code, failure.Remedy, failure.Blames));
    }

    [Theory]
    [InlineData(402,
        """{"error":{"message":"This request requires more credits, or fewer max_tokens. You requested up to 65536 """
            + """tokens, but can only afford 100.","code":402}}""")]
    [InlineData(400,
        """{"error":{"message":"ExceededBudget: End User=ann over budget. Budget has been exceeded! Current cost: """
            + """2","type":"budget_exceeded","code":"400"}}""")]
    [InlineData(403, """{"error":{"message":"Input was flagged: requires moderation","code":403}}""")]
    [InlineData(403, """{"error":{"code":"no_access","message":"No access to model: gpt-5"}}""")]
    [InlineData(403, """{"message":"You don't have access to the model with the specified model ID."}""")]
    [InlineData(401,
        """{"error":{"message":"key not allowed to access model.","type":"key_model_access_denied","code":"401"}}""")]
    [InlineData(429,
        """{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing """
            + """details.","status":"RESOURCE_EXHAUSTED"}}""")]
    [InlineData(400,
        """{"error":{"message":"Invalid schema name: 'insufficient balance'","type":"invalid_request_error"}}""")]
    [InlineData(400,
        """{"error":{"message":"Invalid value: insufficient """
            + """balance","type":"invalid_request_error","param":"text.format.name"}}""")]
    public void A_refusal_of_one_job_pauses_nothing(int status, string body) =>
        Assert.Equal(CredentialBlame.None, Of(status, body).Blames);

    [Theory]
    [InlineData(403,
        """{"error":{"message":"Your account has been suspended for violations of the usage policies."}}""")]
    [InlineData(401, """{"error":{"message":"This organization has been disabled.","type":"invalid_request_error"}}""")]
    public void A_closed_account_pauses(int status, string body) =>
        Assert.Equal(CredentialBlame.Certain, Of(status, body).Blames);

    // The provider is asked whether it concerns the key.
    [Theory]
    [InlineData(403,
        """{"error":{"message":"You have insufficient permissions for this operation. Missing scopes: """
            + """model.request."}}""")]
    [InlineData(402, """{"error":{"message":"No."}}""")]
    public void What_says_neither_is_asked_after(int status, string body) =>
        Assert.Equal(CredentialBlame.Suspected, Of(status, body).Blames);

    static Failure Of(int status, string body) =>
        FailureClassifier.Of(status, ErrorReading.Of(Encoding.UTF8.GetBytes(body)), FakeHeaders.Read(""));
}
