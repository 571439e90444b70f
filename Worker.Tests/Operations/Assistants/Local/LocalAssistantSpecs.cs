using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations.Assistants.Local;

/// <summary>Assistants that the worker stores, with messages through Responses and Conversations.</summary>
public sealed class LocalAssistantSpecs : AssistantSpecs
{
    private protected override string Mode => "Local";

    private protected override string Answering => "/v1/responses";

    [Fact]
    public async Task Keeping_assistants_calls_no_provider()
    {
        await using var worker = await Start();

        await worker.Answer(Ada);
        await worker.Answer(Change);
        await worker.Answer(new ListAssistants());
        await worker.Answer(new DeleteAssistant { AssistantName = "Ada" });

        Assert.Empty(worker.Emulator.Calls);
    }

    [Fact]
    public async Task Unknown_credential_has_no_assistants()
    {
        await using var worker = await Start();

        Assert.Equal(FailureCodes.UnknownCredential, (await worker.Failure(Ada with { Credential = "nobody" })).Code);
    }

    [Fact]
    public async Task Each_credential_has_its_own()
    {
        await using var worker = await Start("--OpenAI:Credentials:other:ApiKey=x");
        await worker.Answer(Ada);

        Assert.Empty((await worker.Answer(new ListAssistants { Credential = "other" })).Assistants!);
        Assert.Single((await worker.Answer(new ListAssistants { Credential = "DEFAULT" })).Assistants!);
    }

    [Fact]
    public async Task First_message_begins_a_conversation_and_is_a_response_in_it()
    {
        await using var worker = await Start();
        var id = (await worker.Answer(Ada with
        {
            Instructions = "Be exact.",
            CodeInterpreterFileIds = ["file-1"],
            VectorStoreIds = ["vs_1"],
            Functions = [new() { Name = "time" }],
            Temperature = 0.5,
            TopP = 0.9,
            ReasoningEffort = "low",
        })).Assistant!.Id;

        var answer = await worker.Answer(
            ToAssistant with { JobId = "j", MaxTokens = 100, ToolChoice = "none", SafetyIdentifier = "u" });

        Assert.Equal(["/v1/conversations", "/v1/responses"], worker.Emulator.Calls.Select(call => call.Path));
        JsonAssert.Same($$$"""{"metadata":{"assistant_id":"{{{id}}}","job_id":"j"}}""", worker.Emulator.Calls[0].Body);
        JsonAssert.Same($$$"""
            {"model":"m","input":[{"role":"user","content":"Hello"}],"instructions":"Be exact.","max_output_tokens":100,"temperature":0.5,"top_p":0.9,
             "tools":[{"type":"code_interpreter","container":{"type":"auto","file_ids":["file-1"]}},{"type":"file_search","vector_store_ids":["vs_1"]},
                      {"type":"function","name":"time","parameters":{"type":"object","properties":{},"additionalProperties":false},"strict":null}],
             "tool_choice":"none","reasoning":{"effort":"low"},"safety_identifier":"u","metadata":{"assistant_id":"{{{id}}}","job_id":"j"},"conversation":"{{{answer.ThreadId}}}"}
            """, worker.Emulator.Calls[1].Body);
        Assert.StartsWith("conv_", answer.ThreadId, StringComparison.Ordinal);
        Assert.StartsWith("resp_", answer.ResponseId, StringComparison.Ordinal);
        Assert.Equal(("stop", id), (answer.FinishReason, answer.AssistantId));
    }

    [Fact]
    public async Task Images_and_files_go_along()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);

        await worker.Answer(ToAssistant with
        {
            Images = [new() { Base64 = "eA==" }],
            Files = [new() { FileId = "file-1" }]
        });

        JsonAssert.Same(
            """[{"role":"user","content":[{"type":"input_text","text":"Hello"},"""
                + """{"type":"input_image","image_url":"data:image/png;base64,eA==","detail":"auto"},"""
                + """{"type":"input_file","file_id":"file-1"}]}]""",
            worker.Emulator.Calls[1].Body.GetProperty("input"));
    }

    [Fact]
    public async Task Citations_and_the_files_that_code_made_come_with_the_answer()
    {
        await using var worker = await Start();
        var file = (await worker.Answer(
            Upload with { File = new() { Base64 = "eA==", FileName = "notes.txt" } })).File!.Id;
        await worker.Answer(Ada with { CodeInterpreter = true, KnowledgeFileIds = [file] });

        var answer = await worker.Answer(ToAssistant with { Prompt = "Draw a chart." });

        Assert.Equal(["file_citation", "container_file_citation"],
            answer.Annotations!.Select(annotation => annotation.GetProperty("type").GetString()));
        Assert.Equal(file, answer.Annotations![0].GetProperty("file_id").GetString());
        var made = Assert.Single(answer.Files!);
        Assert.Equal(("chart.csv", "text/csv"), (made.FileName, made.ContentType));
        Assert.StartsWith("month,sum", Encoding.UTF8.GetString(Convert.FromBase64String(made.Base64!)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Container_that_is_gone_does_not_take_the_answer_with_it()
    {
        await using var worker = await Start();
        await worker.Answer(Ada with { CodeInterpreter = true });
        worker.Emulator.Faults.Add("status:404:container_expired",
            endpoint: "/v1/containers/{id}/files/{file}/content");

        var answer = await worker.Answer(ToAssistant with { Prompt = "Draw a chart." });

        Assert.NotEmpty(answer.Text!);
        Assert.Null(answer.Files);
    }

    [Fact]
    public async Task Message_that_is_delivered_again_is_answered_by_the_turn_that_is_there()
    {
        await using var worker = await Start();
        await worker.Answer(Ada with { CodeInterpreter = true });
        var message = ToAssistant with { JobId = "j", Prompt = "Draw a chart." };

        var first = await worker.Answer(message);
        worker.Events.Forget("j");
        var again = await worker.Answer(message);

        Assert.Equal((first.Text, first.ThreadId, first.FinishReason),
            (again.Text, again.ThreadId, again.FinishReason));
        Assert.Equal(first.Files![0].Sha256, again.Files![0].Sha256);
        Assert.Single(worker.Emulator.Calls, call => call.Path == Answering);
        Assert.Single(worker.Emulator.Calls, call => call.Path == "/v1/conversations");
    }

    [Fact]
    public async Task Same_words_in_an_earlier_turn_are_not_taken_for_this_one()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);
        var thread = (await worker.Answer(ToAssistant)).ThreadId;
        worker.Emulator.Faults.Add("status:500#1", endpoint: Answering);

        var second = await worker.Answer(ToAssistant with { JobId = "j", ThreadId = thread });

        Assert.Equal(2, second.Attempts);
        Assert.Equal(2, worker.Emulator.Calls.Count(call => call.Path == Answering && call.Status == 200));
    }

    [Fact]
    public async Task Thread_that_is_not_there_is_not_found()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);

        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(ToAssistant with { ThreadId = "conv_gone" })).Code);
        Assert.Equal("threadId", (await worker.Failure(ToAssistant with { ThreadId = "thread_gone" })).Member);
    }

    [Fact]
    public async Task Background_is_asked_after_until_it_is_done()
    {
        await using var worker = await Start();
        await worker.Answer(Ada);

        var answer = await worker.Answer(ToAssistant with { Background = true });

        Assert.NotEmpty(answer.Text!);
        Assert.True(worker.Emulator.Calls.Single(call => call.Path == Answering).Body.GetProperty("background")
            .GetBoolean());
    }

    [Fact]
    public async Task Search_in_nothing_is_left_out()
    {
        await using var worker = await Start();
        await worker.Answer(Ada with { KnowledgeRetrieval = true });

        await worker.Answer(ToAssistant);

        Assert.False(worker.Emulator.Calls[1].Body.TryGetProperty("tools", out _));
    }
}
