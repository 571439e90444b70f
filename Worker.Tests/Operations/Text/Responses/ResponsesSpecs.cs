using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Text.Responses;

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

        var answer = await worker.Answer(FullMessage.Job with { ConversationId = conversation });

        JsonAssert.Same(FullMessage.Body.Replace("conv_1", conversation, StringComparison.Ordinal),
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
            Messages.Smallest with { Output = new() { Type = OutputType.JsonSchema, Schema = FullMessage.Schema } });

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
}
