using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations;

public class ResponsesSpecs
{
    [Fact]
    public async Task The_smallest_request_sends_nothing_that_was_not_set()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(Messages.Smallest);

        JsonAssert.Same("""{"model":"m","input":[{"role":"user","content":"Hello"}]}""", worker.OnlyCall.Body);
        Assert.Equal(("/v1/responses", "stop", 1, 0),
            (worker.OnlyCall.Path, answer.FinishReason, answer.Attempts, answer.Waits));
        Assert.Contains("Hello", answer.Text);
        Assert.StartsWith("resp_", answer.ResponseId);
        Assert.StartsWith("req_", answer.RequestId);
        Assert.True(answer.Usage!.TotalTokens > 0);
        Assert.Null(answer.Raw);
    }

    [Fact]
    public async Task Every_parameter_goes_out_under_its_name()
    {
        await using var worker = await EmbeddedWorker.Start();

        var conversation = (await worker.Answer(new CreateConversation())).Conversation!.Id;

        var answer = await worker.Answer(Full with { ConversationId = conversation });

        JsonAssert.Same(FullBody.Replace("conv_1", conversation, StringComparison.Ordinal),
            worker.Emulator.Calls[1].Body);
        Assert.Equal(conversation, answer.ConversationId);
    }

    [Fact]
    public async Task A_conversation_that_is_not_there_is_not_found()
    {
        await using var worker = await EmbeddedWorker.Start();

        Assert.Equal(FailureCodes.NotFound,
            (await worker.Failure(Messages.Smallest with { ConversationId = "conv_1" })).Code);
    }

    [Fact]
    public async Task The_call_carries_the_jobs_id()
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Messages.Smallest with { JobId = "order-42" });

        Assert.Equal("order-42", worker.OnlyCall.Job);
    }

    [Fact]
    public async Task Without_simplify_the_answer_comes_as_it_is()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(Messages.Smallest with { Simplify = false });

        Assert.Equal("response", answer.Raw!.Value.GetProperty("object").GetString());
        Assert.Null(answer.Text);
    }

    [Fact]
    public async Task Json_that_follows_a_schema_is_parsed()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(
            Messages.Smallest with { Output = new() { Type = OutputType.JsonSchema, Schema = Schema } });

        Assert.Equal(1, answer.Json!.Value.GetProperty("age").GetInt32());
    }

    [Fact]
    public async Task A_json_object_is_asked_for_in_words_where_no_message_does()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(Messages.Smallest with { Output = new() { Type = OutputType.JsonObject } });

        Assert.Equal("Answer with a JSON object.",
            worker.OnlyCall.Body.GetProperty("input")[1].GetProperty("content").GetString());
        Assert.Equal(JsonValueKind.Object, answer.Json!.Value.ValueKind);
    }

    [Fact]
    public async Task Json_that_was_cut_is_a_failure_that_keeps_the_text()
    {
        await using var worker = await EmbeddedWorker.Start();

        var failure = await worker.Failure(new MessageModel
        {
            Model = "m",
            MaxTokens = 16,
            Messages = [new() { Text = new string('x', 100) }],
            Output = new() { Type = OutputType.JsonObject },
        });

        Assert.Equal((FailureCodes.OutputNotJson, 1), (failure.Code, failure.Attempts));
        Assert.StartsWith("{\"answer\"", failure.Text);
        Assert.Contains("maxTokens", failure.Message);
    }

    [Fact]
    public async Task An_answer_cut_at_the_token_limit_says_so()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(
            new MessageModel { Model = "m", MaxTokens = 16, Messages = [new() { Text = new string('x', 100) }] });

        Assert.Equal("length", answer.FinishReason);
    }

    [Fact]
    public async Task A_function_call_comes_back_and_its_answer_goes_on()
    {
        await using var worker = await EmbeddedWorker.Start();
        var asked = Messages.Smallest with
        {
            ToolChoice = "required",
            Tools = [new() { Function = new() { Name = "weather",
                    Parameters = JsonElement.Parse(
                        """{"type":"object","properties":{"city":{"type":"string"}}}""") } }]
        };

        var call = Assert.Single((await worker.Answer(asked)).ToolCalls!);
        var answer = await worker.Answer(asked with
        {
            ToolChoice = null,
            Messages = [.. asked.Messages!, new() { Role = "assistant", ToolCalls = [call] },
                new() { Role = "tool", ToolCallId = call.Id, Text = "12 degrees" }],
        });

        Assert.Equal(("weather", """{"city":"example"}"""), (call.Name, call.Arguments));
        Assert.Equal("stop", answer.FinishReason);
    }

    [Fact]
    public async Task A_response_in_the_background_is_asked_after_until_it_is_done()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(Messages.Smallest with { Background = true });

        Assert.NotNull(answer.Text);
        Assert.Equal(["POST", "GET"], worker.Emulator.Calls.Select(call => call.Method).Distinct());
        Assert.Equal(1, worker.Emulator.Bill.Billed);
    }

    [Theory]
    [InlineData("--OpenAI:Background:Models=o9-*, m", null)]
    [InlineData("--OpenAI:Background:Efforts=high,xhigh", "high")]
    public async Task Settings_choose_what_is_answered_in_the_background(string setting, string? effort)
    {
        await using var worker = await EmbeddedWorker.Start(setting);

        await worker.Answer(Messages.Smallest with { ReasoningEffort = effort });
        await worker.Answer(Messages.Smallest with { ReasoningEffort = effort, Background = false });
        await worker.Answer(Messages.Smallest with { ReasoningEffort = effort, Store = false });
        await worker.Answer(Messages.Smallest with { ReasoningEffort = "low", Model = "other" });

        Assert.Equal([true, false, false, false], worker.Emulator.Calls.Where(call => call.Method == "POST")
            .Select(call => call.Body.TryGetProperty("background", out var chosen) && chosen.GetBoolean()));
    }

    [Fact]
    public async Task A_response_in_the_background_that_takes_too_long_is_ended_and_not_paid_again()
    {
        await using var worker = await EmbeddedWorker.Start(
            new EmulatorOptions { BackgroundTime = TimeSpan.FromMinutes(5) }, "--OpenAI:Background:Timeout=00:00:01");

        var failure = await worker.Failure(Messages.Smallest with { Background = true });

        Assert.Equal((FailureCodes.Timeout, 1), (failure.Code, failure.Attempts));
        Assert.Contains("OpenAI:Background:Timeout", failure.Message);
        Assert.EndsWith("/cancel", worker.Emulator.Calls[^1].Path);
        Assert.Equal(1, worker.Emulator.Bill.Billed);
    }

    [Fact]
    public async Task Images_that_the_model_draws_come_back_as_files()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(Messages.Smallest with
        {
            Messages = [new() { Text = "draw a cat" }],
            Tools = [new() { ImageGeneration = new() { Size = "1024x1024", OutputFormat = "png" } }]
        });

        var image = Assert.Single(answer.Files!);
        Assert.Equal(("image/png", "image-1.png"), (image.ContentType, image.FileName));
        JsonAssert.Same("""[{"type":"image_generation","size":"1024x1024","output_format":"png"}]""",
            worker.OnlyCall.Body.GetProperty("tools"));
    }

    [Fact]
    public async Task A_server_of_tools_gets_its_secret_from_the_settings()
    {
        await using var worker = await EmbeddedWorker.Start("--Tools:Servers:crm:Url=https://crm.example/mcp",
            "--Tools:Servers:crm:Authorization=s3cret");

        await worker.Answer(Messages.Smallest with
        {
            Tools = [new() { Mcp = new() { Label = "customers", Server = "crm", AllowedTools = ["find"] } },
                new() { Mcp = new() { Label = "docs", Url = new("https://docs.example/mcp") } }]
        });

        JsonAssert.Same("""
            [{"type":"mcp","server_label":"customers","server_url":"https://crm.example/mcp","authorization":"s3cret","allowed_tools":["find"],"require_approval":"never"},
             {"type":"mcp","server_label":"docs","server_url":"https://docs.example/mcp","require_approval":"never"}]
            """, worker.OnlyCall.Body.GetProperty("tools"));
    }

    static readonly JsonElement Schema =
        JsonElement.Parse(
            """{"type":"object","properties":{"age":{"type":"integer"}},"required":["age"],"additionalProperties":"""
                + """false}""");

    static readonly MessageModel Full = new()
    {
        Model = "m",
        Messages =
        [
            new() { Role = "developer", Text = "Be brief." },
            new()
            {
                Text = "Look",
                Images = [new() { Url = "https://example.com/a.png", Detail = "low" }, new() { FileId = "file-1" },
                    new() { Base64 = "AAAA", ContentType = "image/jpeg" }],
                Files = [new() { FileId = "file-2" }, new() { Base64 = "AAAA", FileName = "a.pdf" },
                    new() { Url = "https://example.com/b.pdf" }],
            },
            new() { Role = "assistant", Text = "I see.",
                ToolCalls = [new() { Id = "c1", Name = "f", Arguments = "{}" }] },
            new() { Role = "tool", ToolCallId = "c1", Text = "done" },
        ],
        Instructions = "In German.",
        Output = new()
        {
            Type = OutputType.JsonSchema,
            Name = "person",
            Schema = Schema,
            Description = "A person",
            Strict = true
        },
        MaxTokens = 500,
        Temperature = 0.5,
        TopP = 0.9,
        TopLogprobs = 3,
        Tools =
        [
            new() { Function = new() { Name = "f", Description = "A function", Strict = false } },
            new() { WebSearch = new() { ContextSize = "low", AllowedDomains = ["example.com"], Country = "DE",
                City = "Bonn", Region = "NRW" } },
            new() { FileSearch = new() { VectorStoreIds = ["vs_1"], MaxResults = 5 } },
            new() { CodeInterpreter = new() { FileIds = ["file-3"] } },
            new() { CodeInterpreter = new() { ContainerId = "cntr_1" } },
            new() { Other = JsonElement.Parse("""{"type":"mcp","server_label":"s"}""") },
        ],
        ToolChoice = "auto",
        ParallelToolCalls = false,
        MaxToolCalls = 4,
        MaxToolRounds = 3,
        ReasoningEffort = "low",
        ReasoningSummary = "auto",
        Verbosity = "low",
        ServiceTier = "flex",
        PromptCacheKey = "k",
        SafetyIdentifier = "u1",
        Store = true,
        StoreMetadata = new Dictionary<string, string> { ["order"] = "42" },
        ConversationId = "conv_1",
        Include = ["web_search_call.action.sources"],
        Truncation = "auto",
        Background = false,
        Metadata = new Dictionary<string, string> { ["mine"] = "stays here" },
    };

    const string FullBody = """
        {
          "model": "m",
          "input": [
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "content": [
              {"type": "input_text", "text": "Look"},
              {"type": "input_image", "image_url": "https://example.com/a.png", "detail": "low"},
              {"type": "input_image", "file_id": "file-1", "detail": "auto"},
              {"type": "input_image", "image_url": "data:image/jpeg;base64,AAAA", "detail": "auto"},
              {"type": "input_file", "file_id": "file-2"},
              {"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,AAAA"},
              {"type": "input_file", "file_url": "https://example.com/b.pdf"}]},
            {"role": "assistant", "content": "I see."},
            {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"},
            {"type": "function_call_output", "call_id": "c1", "output": "done"}],
          "instructions": "In German.",
          "max_output_tokens": 500,
          "temperature": 0.5,
          "top_p": 0.9,
          "top_logprobs": 3,
          "tools": [
            {"type": "function", "name": "f", "description": "A function", "parameters": {"type": "object", "properties": {}, "additionalProperties": false}, "strict": false},
            {"type": "web_search", "search_context_size": "low", "filters": {"allowed_domains": ["example.com"]},
             "user_location": {"type": "approximate", "country": "DE", "city": "Bonn", "region": "NRW"}},
            {"type": "file_search", "vector_store_ids": ["vs_1"], "max_num_results": 5},
            {"type": "code_interpreter", "container": {"type": "auto", "file_ids": ["file-3"]}},
            {"type": "code_interpreter", "container": "cntr_1"},
            {"type": "mcp", "server_label": "s"}],
          "tool_choice": "auto",
          "parallel_tool_calls": false,
          "max_tool_calls": 4,
          "reasoning": {"effort": "low", "summary": "auto"},
          "text": {"format": {"type": "json_schema", "name": "person", "schema": {"type": "object", "properties": {"age": {"type": "integer"}}, "required": ["age"], "additionalProperties": false}, "description": "A person", "strict": true}, "verbosity": "low"},
          "service_tier": "flex",
          "prompt_cache_key": "k",
          "safety_identifier": "u1",
          "store": true,
          "metadata": {"order": "42"},
          "conversation": "conv_1",
          "include": ["web_search_call.action.sources", "message.output_text.logprobs"],
          "truncation": "auto",
          "background": false
        }
        """;
}
