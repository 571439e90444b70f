using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations.Assistants;

/// <summary>Assistants, wherever they are stored.</summary>
public abstract class AssistantSpecs : AssistantChangeContract
{
    [Fact]
    public async Task Three_turns_are_one_thread()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);

        var first = await worker.Answer(ToAssistant);
        var second = await worker.Answer(ToAssistant with { ThreadId = first.ThreadId, Prompt = "And then?" });
        var third = await worker.Answer(ToAssistant with { ThreadId = first.ThreadId, Prompt = "And at last?" });

        Assert.All([first, second, third], answer => Assert.False(string.IsNullOrEmpty(answer.Text)));
        Assert.Equal((first.ThreadId, first.ThreadId), (second.ThreadId, third.ThreadId));
        Assert.NotEqual(first.ThreadId, (await worker.Answer(ToAssistant)).ThreadId);
        Assert.All([first, second, third], answer => Assert.Equal("m", answer.Model));
        Assert.True(third.Usage!.TotalTokens > 0);
    }

    [Fact]
    public async Task Function_is_called_and_its_output_goes_on_with_the_thread()
    {
        await using var worker = await Start();
        await worker.Answer(Ada with { Functions = [Weather] });

        var called = await worker.Answer(ToAssistant with { Prompt = "How is the weather?" });
        var call = Assert.Single(called.ToolCalls!);
        var answered = await worker.Answer(new MessageAssistant
        {
            AssistantName = "Ada",
            ThreadId = called.ThreadId,
            ToolOutputs = [new() { ToolCallId = call.Id, Text = "Rain" }]
        });

        Assert.Equal(("weather", "tool_calls", null), (call.Name, called.FinishReason, called.Text));
        Assert.Equal(("stop", called.ThreadId), (answered.FinishReason, answered.ThreadId));
        Assert.NotEmpty(answered.Text!);
    }

    [Fact]
    public async Task Tools_of_a_message_are_beside_the_original_ones_or_in_their_place()
    {
        await using var worker = await Start();
        await worker.Answer(Ada with { CodeInterpreter = HasBuiltInTools, Functions = [Weather] });
        var builtIn = HasBuiltInTools ? new[] { "code_interpreter" } : [];
        IReadOnlyList<ModelTool> own = [new() { Function = new() { Name = "time" } }];

        var both = await ToolsOf(worker, ToAssistant with { Tools = own });
        var others = await ToolsOf(worker, ToAssistant with { Tools = own, PreserveOriginalTools = false });
        var replaced = await ToolsOf(worker,
            ToAssistant with { Tools = [new() { Function = new() { Name = "weather", Description = "Mine" } }] });

        Assert.Equal([.. builtIn, "weather", "time"], both);
        Assert.Equal(["time"], others);
        Assert.Equal([.. builtIn, "weather"], replaced);
        Assert.Single((await worker.Answer(new ListAssistants())).Assistants![0].Functions!);
    }

    [Fact]
    public async Task Without_simplify_the_answer_comes_as_it_is()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);

        var answer = await worker.Answer(ToAssistant with { Simplify = false });

        Assert.Null(answer.Text);
        Assert.NotNull(answer.ThreadId);
        Assert.True(answer.Raw!.Value.TryGetProperty("object", out _));
    }

    [Fact]
    public async Task Two_messages_to_one_thread_are_put_in_order()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);
        var thread = (await worker.Answer(ToAssistant)).ThreadId;
        worker.Emulator.Clear();
        worker.Emulator.Faults.Add("slow:300");

        var answers = await Task.WhenAll(new[] { "one", "two", "three" }
            .Select(prompt => worker.Answer(ToAssistant with { JobId = prompt, ThreadId = thread, Prompt = prompt })));

        Assert.All(answers, answer => Assert.Equal((thread, 1), (answer.ThreadId, answer.Attempts)));
        Assert.All(new[] { "one", "two", "three" }, job => Assert.Equal(1, TimesAnswered(worker, job)));
    }

    [Fact]
    public async Task Message_whose_answer_was_lost_is_posted_once()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);
        var thread = (await worker.Answer(ToAssistant)).ThreadId;
        worker.Emulator.Clear();
        worker.Emulator.Faults.Add("cut-after#1", endpoint: Answering);

        var answer = await worker.Answer(ToAssistant with { JobId = "j", ThreadId = thread, Prompt = "Once?" });

        Assert.NotEmpty(answer.Text!);
        Assert.Equal(2, answer.Attempts);
        Assert.Equal(TimesPaidWhenLost, TimesAnswered(worker, "j"));
    }

    [Fact]
    public async Task Answer_that_has_to_be_JSON_is_parsed()
    {
        await using var worker = await Start();
        await worker.Answer(Ada with { Output = new() { Type = OutputType.JsonObject } });

        var answer = await worker.Answer(ToAssistant);

        Assert.Equal(JsonValueKind.Object, answer.Json!.Value.ValueKind);
    }

    /// <summary>The tools that are sent with a message, by name or type.</summary>
    private protected static async Task<IEnumerable<string?>> ToolsOf(EmbeddedWorker worker, MessageAssistant message)
    {
        await worker.Answer(message with { JobId = message.JobId ?? Guid.NewGuid().ToString() });
        var tools = worker.Emulator.Calls.Last(call => call.Body.ValueKind == JsonValueKind.Object
            && call.Body.TryGetProperty("tools", out _)).Body.GetProperty("tools");
        return [.. tools.EnumerateArray()
            .Select(tool => tool.TryGetProperty("function", out var function) ? function.GetProperty("name").GetString()
            : tool.TryGetProperty("name", out var name) ? name.GetString() : tool.GetProperty("type").GetString())];
    }

    int TimesAnswered(EmbeddedWorker worker, string job) =>
        worker.Emulator.Calls.Count(call => call.Job == job && call.IsBilled
            && call.Path.EndsWith(Answering[Answering.LastIndexOf('/')..], StringComparison.Ordinal));
}
