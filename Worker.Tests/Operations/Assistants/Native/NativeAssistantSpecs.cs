using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations.Assistants.Native;

/// <summary>Assistants that the provider stores.</summary>
public sealed class NativeAssistantSpecs : AssistantSpecs
{
    private protected override string Mode => "Native";

    private protected override string Answering => "/v1/threads/{id}/runs";

    [Fact]
    public async Task Every_call_says_which_version_it_means()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);
        await worker.Answer(ToAssistant);

        Assert.All(worker.Emulator.Calls, call => Assert.Equal("assistants=v2", call.Headers["OpenAI-Beta"]));
    }

    [Fact]
    public async Task Run_is_waited_for_in_the_broker()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);

        var answer = await worker.Answer(ToAssistant with { JobId = "j" });

        Assert.Equal(1, answer.Attempts);
        Assert.NotEmpty(worker.Events.Delays("j"));
        Assert.StartsWith("thread_", answer.ThreadId, StringComparison.Ordinal);
        Assert.StartsWith("run_", answer.ResponseId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_and_run_say_what_was_asked_for()
    {
        await using var worker = await Start();
        var id = (await worker.Answer(Ada)).Assistant!.Id;

        await worker.Answer(ToAssistant with
        {
            JobId = "j",
            Images = [new() { Url = "https://example.com/a.png" }],
            Files = [new() { FileId = "file-1" }],
            ToolChoice = "none",
            MaxTokens = 256
        });
        var mark = worker.Emulator.Calls.Single(call =>
            call is { Method: "POST", Path: "/v1/threads" }).Body.GetProperty("metadata").GetRawText();

        Assert.StartsWith("{\"job_id\":\"j\",\"request_hash\":\"", mark, StringComparison.Ordinal);
        JsonAssert.Same($$$"""
            {"role":"user","content":[{"type":"text","text":"Hello"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"} }],
             "attachments":[{"file_id":"file-1","tools":[{"type":"file_search"}]}],"metadata":{{{mark}}} }
            """,
            worker.Emulator.Calls.Single(call =>
                call.Method == "POST" && call.Path.EndsWith("/messages", StringComparison.Ordinal)).Body);
        JsonAssert.Same(
            $$$"""{"assistant_id":"{{{id}}}","tool_choice":"none","max_completion_tokens":256,"metadata":{{{mark}}} }""",
            worker.Emulator.Calls.Single(call =>
                call.Method == "POST" && call.Path.EndsWith("/runs", StringComparison.Ordinal)).Body);
    }

    [Fact]
    public async Task Message_that_is_delivered_again_finds_its_run()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);
        var message = ToAssistant with { JobId = "j" };

        var first = await worker.Answer(message);
        worker.Events.Forget("j");
        var again = await worker.Answer(message);

        Assert.Equal((first.Text, first.ThreadId, first.ResponseId), (again.Text, again.ThreadId, again.ResponseId));
        Assert.Single(worker.Emulator.Calls,
            call => call.IsBilled && call.Path.EndsWith("/runs", StringComparison.Ordinal));
        Assert.Single(worker.Emulator.Calls, call => call is { Method: "POST", Path: "/v1/threads" });
    }

    [Fact]
    public async Task What_threads_do_not_take_is_refused()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);

        foreach (var (message, member) in new (MessageAssistant, string)[]
        {
            (ToAssistant with { Images = [new() { Base64 = "eA==" }] }, "images[0]"),
            (ToAssistant with { Files = [new() { Url = "https://example.com/a.pdf" }] }, "files[0].fileId"),
            (ToAssistant with { Background = true }, "background"),
            (ToAssistant with { ThreadId = "t", ToolOutputs = [new() { ToolCallId = "c", Text = "x" }] }, "prompt"),
            (ToAssistant with { Tools = [new() { WebSearch = new() }] }, "tools[0].webSearch"),
        })
            Assert.Equal(member, (await worker.Failure(message)).Member);
    }

    [Fact]
    public async Task Outputs_that_no_run_waits_for_are_refused()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);
        var thread = (await worker.Answer(ToAssistant)).ThreadId;

        var failure = await worker.Failure(new MessageAssistant
        {
            AssistantName = "Ada",
            ThreadId = thread,
            ToolOutputs = [new() { ToolCallId = "c", Text = "x" }]
        });

        Assert.Equal((FailureCodes.InvalidRequest, "toolOutputs"), (failure.Code, failure.Member));
    }
}
