using System.Text.Json;
using OpenAIWorker.Cli.Batch.Estimates;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Operations;
using OpenAIWorker.Tests.Contracts;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class CostForecastSpecs
{
    static readonly JobEstimates Estimates = new(new(new CostsOptions()));

    public static TheoryData<string> Requests =>
        [.. Example.All.Select(example => example.File)
            .Where(file => file.EndsWith(".request.json", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Requests))]
    public void No_job_that_is_billed_is_said_to_cost_nothing(string file)
    {
        var forecast = new CostForecast(Estimates);
        var job = (JobRequest)JsonSerializer.Deserialize(new Example(file).Json, new Example(file).Type,
            ContractJson.Default)!;

        forecast.Add(job);

        var isFree = UntoldCosts.IsFree(job)
            || job is ClassifyText { Model: { } moderation } && moderation.StartsWith("omni", StringComparison.Ordinal);
        Assert.Equal(isFree, forecast.Total() == "At most 0 USD.");
    }

    [Fact]
    public void Every_operation_has_an_example_here() =>
        Assert.Equal(OperationCatalog.All.Where(operation => operation.Name != "cancel-job").Select(operation =>
                operation.Request.Name).Order(),
            Example.All.Where(example => example.File.EndsWith(".request.json", StringComparison.Ordinal))
                .Select(example => example.Type.Name).Distinct().Order());

    [Theory]
    [InlineData("transcribe-audio", """{"model":"whisper-1","audio":{"url":"https://x.org/a.mp3"}}""",
        "whisper-1: 1 job, not known before the call: the length of the sound, 0.006 USD a minute")]
    [InlineData("transcribe-audio", """{"model":"gpt-4o-transcribe","audio":{"base64":"AAAA"}}""",
        "gpt-4o-transcribe: 1 job, not known before the call: the length of the sound")]
    [InlineData("transcribe-audio", """{"model":"whisper-9","audio":{"base64":"AAAA"}}""",
        "whisper-9: 1 job, no price is known, not known before the call: the length of the sound")]
    [InlineData("generate-speech", """{"model":"tts-1","text":"1234567890","voice":"alloy"}""",
        "tts-1: 1 job, 10 characters, 0.00015 USD")]
    [InlineData("generate-speech", """{"model":"gpt-4o-mini-tts","text":"Good morning.","voice":"alloy"}""",
        "gpt-4o-mini-tts: 1 job, about 3 tokens in, 0.0000018 USD, not known before the call: the generated sound")]
    [InlineData("generate-image", """{"model":"dall-e-3","prompt":"A cat.","size":"1024x1024","quality":"hd"}""",
        "dall-e-3: 1 job, no price is known")]
    [InlineData("generate-image", """{"model":"dall-e-2","prompt":"A cat.","count":3}""",
        "dall-e-2: 1 job, 0.06 USD")]
    [InlineData("generate-image", """{"model":"gpt-image-2","prompt":"A cat.","size":"1024x1024","quality":"low"}""",
        "gpt-image-2: 1 job, about 3 tokens in, at most 272 out, 0.008175 USD")]
    [InlineData("message-model", """{"model":"gpt-6-luna","messages":[{"text":"Hello"}],"previousResponseId":"r"}""",
        "gpt-6-luna: 1 job, about 5 tokens in, 0.0000005 USD, not known before the call: output without a "
            + "maxTokens limit, not known before the call: the conversation before it")]
    [InlineData("message-model", """{"prompt":{"id":"pmpt_1"}}""",
        "(a model that the line does not name): 1 job, not known before the call: the stored prompt")]
    [InlineData("message-assistant", """{"assistantName":"a","prompt":"Hello"}""",
        "(a model that the line does not name): 1 job, not known before the call: the assistant's model, instructions "
            + "and thread")]
    [InlineData("call-api", """{"path":"videos","body":{"model":"sora-2","prompt":"A cat."}}""",
        "sora-2: 1 job, about 3 tokens in, no price is known, not known before the call: what the endpoint costs")]
    [InlineData("call-api", """{"path":"models"}""", "(no model): 1 job, 0 USD")]
    [InlineData("create-embeddings", """{"model":"text-embedding-3-small","text":"Hello"}""",
        "text-embedding-3-small: 1 job, about 1 token in, 0.00000002 USD")]
    public void A_model_says_what_is_known_of_its_jobs(string operation, string request, string says)
    {
        var forecast = new CostForecast(Estimates);

        forecast.Add(Read(operation, request));

        Assert.Equal(says, Assert.Single(forecast.Models()));
    }

    [Fact]
    public void The_sum_says_what_it_is_without()
    {
        var forecast = new CostForecast(Estimates);
        forecast.Add(Read("message-model", """{"model":"gpt-6-luna","maxTokens":1000,"messages":[{"text":"x"}]}"""));
        Assert.Equal("At most 0.000501 USD.", forecast.Total());

        forecast.Add(Read("translate-audio", """{"model":"whisper-1","audio":{"url":"https://x.org/a.mp3"}}"""));
        Assert.Equal("0.000501 USD, and what is not known before the calls: the length of the sound (1 job).",
            forecast.Total());

        forecast.Add(Read("message-model", """{"model":"own","maxTokens":1,"messages":[{"text":"x"}]}"""));
        Assert.Equal("0.000501 USD, and what is not known before the calls: the length of the sound (1 job), and 1 job "
            + "whose model has no price.", forecast.Total());
    }

    [Fact]
    public void A_sum_of_which_nothing_is_known_is_no_number()
    {
        var forecast = new CostForecast(Estimates);
        forecast.Add(Read("transcribe-audio", """{"model":"whisper-1","audio":{"url":"https://x.org/a.mp3"}}"""));

        Assert.Equal("What they cost is not known before the calls: the length of the sound (1 job).",
            forecast.Total());
    }

    static JobRequest Read(string operation, string json) =>
        (JobRequest)JsonSerializer.Deserialize(json, OperationCatalog.Named(operation)!.Request, ContractJson.Default)!;
}
