using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations.Assistants;

/// <summary>Conversations that the worker stores, for providers that have only Chat Completions.</summary>
public sealed class ThreadSpecs : AssistantSpecs
{
    const string ChatOnly = "--OpenAI:Credentials:default:Api=ChatCompletions";

    private protected override string Mode => "Local";

    private protected override string Answering => "/v1/chat/completions";

    private protected override IReadOnlyList<string> Settings => [ChatOnly];

    private protected override bool HasBuiltInTools => false;

    private protected override int TimesPaidWhenLost => 2;

    [Fact]
    public async Task What_was_said_is_said_again()
    {
        await using var worker = await Start();
        await worker.Answer(Ada with { Instructions = "Be kind." });

        var first = await worker.Answer(ToAssistant);
        await worker.Answer(ToAssistant with { ThreadId = first.ThreadId, Prompt = "And then?" });

        Assert.StartsWith("thread_", first.ThreadId, StringComparison.Ordinal);
        JsonAssert.Same(JsonSerializer.Serialize(new object[]
        {
            new { role = "system", content = "Be kind." }, new { role = "user", content = "Hello" },
                new { role = "assistant", content = first.Text }, new { role = "user", content = "And then?" },
        }), worker.Emulator.Calls[1].Body.GetProperty("messages"));
    }

    [Fact]
    public async Task Provider_without_conversations_is_noticed()
    {
        await using var worker = await EmbeddedWorker.Start();
        await worker.Answer(Ada);
        worker.Emulator.Faults.Add("status:404:unknown_url", endpoint: "/v1/conversations");

        var first = await worker.Answer(ToAssistant);
        await worker.Answer(ToAssistant with { ThreadId = first.ThreadId });

        Assert.Equal(["/v1/conversations", Answering, Answering], worker.Emulator.Calls.Select(call => call.Path));
    }

    [Fact]
    public async Task Message_that_is_delivered_again_has_its_answer_without_a_call()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);
        var message = ToAssistant with { JobId = "j" };

        var first = await worker.Answer(message);
        worker.Events.Forget("j");
        var again = await worker.Answer(message);

        Assert.Equal((first.Text, first.ThreadId, first.ResponseId), (again.Text, again.ThreadId, again.ResponseId));
        Assert.Single(worker.Emulator.Calls);
    }

    [Fact]
    public async Task Thread_is_of_its_credential()
    {
        await using var worker = await Start("--OpenAI:Credentials:other:ApiKey=x",
            "--OpenAI:Credentials:other:Api=ChatCompletions");
        await worker.Answer(Ada);
        await worker.Answer(Ada with { Credential = "other" });
        var thread = (await worker.Answer(ToAssistant)).ThreadId;

        Assert.Equal(FailureCodes.NotFound,
            (await worker.Failure(ToAssistant with { Credential = "other", ThreadId = thread })).Code);
    }

    [Fact]
    public async Task Tools_that_only_Responses_has_are_refused()
    {
        await using var worker = await Start();
        await worker.Answer(Ada with { CodeInterpreter = true });

        var failure = await worker.Failure(ToAssistant);

        Assert.Equal(FailureCodes.InvalidRequest, failure.Code);
        Assert.Contains("need Responses", failure.Message);
    }
}
