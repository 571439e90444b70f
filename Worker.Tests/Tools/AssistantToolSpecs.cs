using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Tools;

/// <summary>Functions of assistants that the worker answers itself.</summary>
public sealed class AssistantToolSpecs : LocalToolScene
{
    [Fact]
    public async Task A_function_of_an_assistant_is_answered_too()
    {
        await using var worker = await Start("-c \"echo fair\"");
        await worker.Answer(Messages.Ada with { Functions = [new() { Name = "weather" }] });

        var first = await worker.Answer(Messages.ToAssistant with { Prompt = "The weather?" });
        var second = await worker.Answer(
            Messages.ToAssistant with { Prompt = "And the weather now?", ThreadId = first.ThreadId });

        Assert.Contains("fair", first.Text);
        Assert.Contains("fair", second.Text);
        Assert.Equal(4, worker.Emulator.Bill.Billed - 1);
    }

    [Fact]
    public async Task A_function_of_an_assistant_is_answered_where_the_worker_keeps_the_conversation()
    {
        await using var worker = await Start("-c \"echo fair\"", "--OpenAI:Credentials:default:Api=ChatCompletions");
        await worker.Answer(Messages.Ada with { Functions = [new() { Name = "weather" }] });

        var first = await worker.Answer(Messages.ToAssistant with { Prompt = "The weather?" });
        var second = await worker.Answer(Messages.ToAssistant with { Prompt = "Thanks!", ThreadId = first.ThreadId });

        Assert.Contains("fair", first.Text);
        Assert.NotEmpty(second.Text!);
        Assert.Contains(worker.Emulator.Calls[^1].Body.GetProperty("messages").EnumerateArray(),
            message => message.GetProperty("role").GetString() == "tool");
    }

    [Fact]
    public async Task A_function_of_an_assistant_of_the_providers_is_answered_too()
    {
        await using var worker = await EmbeddedWorker.Start(
            new EmulatorOptions { Assistants = true, BackgroundTime = TimeSpan.FromMilliseconds(100) },
            "--Assistants:Mode=Native", "--Tools:AllowCommands=true", "--Tools:Functions:weather:Command=/bin/sh",
            "--Tools:Functions:weather:Arguments=-c \"echo fair\"");
        await worker.Answer(Messages.Ada with { Functions = [new() { Name = "weather" }] });

        var answer = await worker.Answer(Messages.ToAssistant with { Prompt = "The weather?" });

        Assert.Equal("stop", answer.FinishReason);
        Assert.Contains("fair", worker.Emulator.Calls.Single(call =>
            call.Path.EndsWith("/submit_tool_outputs", StringComparison.Ordinal)).Body.GetProperty("tool_outputs")[0]
                .GetProperty("output").GetString());
    }
}
