using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Text.Chat;

public class ChatCompletionsSpecs
{
    [Fact]
    public async Task The_smallest_request_sends_nothing_that_was_not_set()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(Messages.SmallestChat);

        JsonAssert.Same("""{"model":"m","messages":[{"role":"user","content":"Hello"}]}""", worker.OnlyCall.Body);
        Assert.Equal(("/v1/chat/completions", "stop"), (worker.OnlyCall.Path, answer.FinishReason));
        Assert.True(answer.Usage!.InputTokens > 0);
        Assert.Null(answer.Completions);
    }

    [Fact]
    public async Task Every_parameter_goes_out_under_its_name()
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Full);

        JsonAssert.Same(FullBody, worker.OnlyCall.Body);
    }

    [Fact]
    public async Task Several_completions_come_each_with_its_reason()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(Messages.SmallestChat with { Completions = 3 });

        Assert.Equal([0, 1, 2], answer.Completions!.Select(completion => completion.Index));
        Assert.All(answer.Completions!, completion => Assert.Equal("stop", completion.FinishReason));
        Assert.Equal(answer.Text, answer.Completions![0].Text);
    }

    [Fact]
    public async Task The_credential_may_prefer_it()
    {
        await using var worker = await EmbeddedWorker.Start("--OpenAI:Credentials:default:Api=ChatCompletions");

        await worker.Answer(Messages.Smallest);

        Assert.Equal("/v1/chat/completions", worker.OnlyCall.Path);
    }

    [Fact]
    public async Task A_function_call_comes_back()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(Messages.SmallestChat with
        {
            ToolChoice = "weather",
            Tools = [new() { Function = new() { Name = "weather" } }]
        });

        Assert.Equal(("weather", "tool_calls"), (Assert.Single(answer.ToolCalls!).Name, answer.FinishReason));
    }

    static readonly MessageModel Full = new()
    {
        Api = ModelApi.ChatCompletions,
        Model = "m",
        Messages =
        [
            new() { Role = "system", Text = "Be brief." },
            new() { Text = "Look", Images = [new() { Url = "https://example.com/a.png", Detail = "high" }],
                Files = [new() { FileId = "file-1" }] },
            new() { Role = "assistant", ToolCalls = [new() { Id = "c1", Name = "f", Arguments = "{}" }] },
            new() { Role = "tool", ToolCallId = "c1", Text = "done" },
        ],
        Output = new() { Type = OutputType.JsonSchema, Schema = JsonElement.Parse("{}") },
        MaxTokens = 500,
        Completions = 2,
        Temperature = 0,
        TopP = 1,
        FrequencyPenalty = -2,
        PresencePenalty = 2,
        Stop = ["END"],
        Seed = 7,
        Logprobs = true,
        TopLogprobs = 2,
        Tools = [new() { Function = new() { Name = "f" } }],
        ToolChoice = "f",
        ParallelToolCalls = true,
        ReasoningEffort = "none",
        Verbosity = "high",
        ServiceTier = "priority",
        PromptCacheKey = "k",
        SafetyIdentifier = "u1",
        Store = false,
        StoreMetadata = new Dictionary<string, string> { ["order"] = "42" },
    };

    const string FullBody = """
        {
          "model": "m",
          "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": [
              {"type": "text", "text": "Look"},
              {"type": "image_url", "image_url": {"url": "https://example.com/a.png", "detail": "high"}},
              {"type": "file", "file": {"file_id": "file-1"}}]},
            {"role": "assistant", "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
            {"role": "tool", "tool_call_id": "c1", "content": "done"}],
          "max_completion_tokens": 500,
          "n": 2,
          "temperature": 0,
          "top_p": 1,
          "frequency_penalty": -2,
          "presence_penalty": 2,
          "stop": ["END"],
          "seed": 7,
          "logprobs": true,
          "top_logprobs": 2,
          "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}, "additionalProperties": false}}}],
          "tool_choice": {"type": "function", "function": {"name": "f"}},
          "parallel_tool_calls": true,
          "reasoning_effort": "none",
          "verbosity": "high",
          "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": {}}},
          "service_tier": "priority",
          "prompt_cache_key": "k",
          "safety_identifier": "u1",
          "store": false,
          "metadata": {"order": "42"}
        }
        """;
}
