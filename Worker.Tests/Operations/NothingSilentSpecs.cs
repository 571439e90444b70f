using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations;

/// <summary>A member that cannot be sent is refused, and not silently left out.</summary>
public sealed class NothingSilentSpecs
{
    static readonly ToolCall Call = new() { Id = "c", Name = "f", Arguments = "{}" };

    [Theory]
    [InlineData(ModelApi.Responses)]
    [InlineData(ModelApi.ChatCompletions)]
    public async Task A_breakpoint_needs_something_to_stand_at(ModelApi api)
    {
        await using var worker = await EmbeddedWorker.Start();

        var failure = await worker.Failure(Messages.Smallest with
        {
            Api = api,
            Messages = [new() { Role = "assistant", ToolCalls = [Call], CacheBreakpoint = true }]
        });

        Assert.Equal((FailureCodes.InvalidRequest, "messages[0].cacheBreakpoint"), (failure.Code, failure.Member));
        Assert.Empty(worker.Emulator.Calls);
    }

    [Theory]
    [InlineData(ModelApi.ChatCompletions, "max_tokens", "60", false)]
    [InlineData(ModelApi.ChatCompletions, "max_tokens", "50", true)]
    [InlineData(ModelApi.ChatCompletions, "max_output_tokens", "60", false)]
    [InlineData(ModelApi.Responses, "max_tokens", "60", false)]
    [InlineData(ModelApi.Responses, "max_completion_tokens", "\"50\"", false)]
    public async Task A_limit_under_another_name_must_be_the_same(ModelApi api, string name, string value, bool passes)
    {
        await using var worker = await EmbeddedWorker.Start();

        var ending = await worker.End(Messages.Smallest with
        {
            Api = api,
            MaxTokens = 50,
            Extra = new Dictionary<string, JsonElement> { [name] = JsonElement.Parse(value) }
        });

        if (passes)
            Assert.NotEmpty(worker.Emulator.Calls);
        else
            Assert.Equal($"extra.{name} is {value}, but maxTokens is 50. Keep one of the two.",
                ending.GetProperty("message").GetString());
    }
}
