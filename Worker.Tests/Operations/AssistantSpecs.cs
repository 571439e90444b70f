using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations;

/// <summary>Assistants, whoever keeps them.</summary>
public abstract class AssistantSpecs
{
    static readonly FunctionTool Weather = new()
    {
        Name = "weather",
        Description = "The weather",
        Parameters = JsonElement.Parse(
            """{"type":"object","properties":{},"required":[],"additionalProperties":false}"""),
        Strict = true
    };

    static readonly CreateAssistant Everything = new()
    {
        Model = "m",
        Name = "Ada",
        Description = "Counts.",
        Instructions = "Be exact.",
        CodeInterpreterFileIds = ["file-1"],
        VectorStoreIds = ["vs_1"],
        Functions = [Weather],
        Output = new()
        {
            Type = OutputType.JsonSchema,
            Name = "sum",
            Schema = JsonElement.Parse("""{"type":"object"}"""),
            Strict = true,
            Description = "A sum"
        },
        Temperature = 0.5,
        TopP = 0.9,
        ReasoningEffort = "low",
        StoreMetadata = new Dictionary<string, string> { ["team"] = "7" },
    };

    private protected abstract string Mode { get; }

    private protected virtual IReadOnlyList<string> Settings => [];

    private protected virtual bool HasBuiltInTools => true;

    /// <summary>
    /// How often a message is paid for whose answer was lost on the way: a provider that keeps nothing has nothing to
    /// look it up in.
    /// </summary>
    private protected virtual int TimesPaidWhenLost => 1;

    private protected Task<EmbeddedWorker> Start(params string[] settings) =>
        EmbeddedWorker.Start(new EmulatorOptions { Assistants = true, BackgroundTime = TimeSpan.FromMilliseconds(200) },
            [$"--Assistants:Mode={Mode}", .. Settings, .. settings]);

    [Fact]
    public async Task Assistant_is_what_was_asked_for()
    {
        await using var worker = await Start();

        var created = (await worker.Answer(Everything)).Assistant!;

        Assert.StartsWith("asst_", created.Id, StringComparison.Ordinal);
        Assert.NotNull(created.CreatedAt);
        Assert.Equal(("Ada", "Counts.", "m", "Be exact."),
            (created.Name, created.Description, created.Model, created.Instructions));
        Assert.True(created.CodeInterpreter && created.KnowledgeRetrieval);
        Assert.Equal("file-1", Assert.Single(created.CodeInterpreterFileIds!));
        Assert.Equal("vs_1", Assert.Single(created.VectorStoreIds!));
        Assert.Equal(("weather", "The weather", true),
            (created.Functions![0].Name, created.Functions[0].Description, created.Functions[0].Strict!.Value));
        Assert.Equal((OutputType.JsonSchema, "sum", "A sum", true),
            (created.Output!.Type, created.Output.Name, created.Output.Description, created.Output.Strict!.Value));
        Assert.Equal((0.5, 0.9, "low", "7"),
            (created.Temperature!.Value, created.TopP!.Value, created.ReasoningEffort, created.StoreMetadata!["team"]));
    }

    [Fact]
    public async Task Smallest_assistant_has_a_model_and_nothing_else()
    {
        await using var worker = await Start();

        var created = (await worker.Answer(new CreateAssistant { Model = "m" })).Assistant!;

        Assert.Equal(("m", null, null), (created.Model, created.Name, created.Instructions));
        Assert.False(created.CodeInterpreter || created.KnowledgeRetrieval);
        Assert.Null(created.Functions ?? (object?)created.Output ?? created.VectorStoreIds
            ?? created.CodeInterpreterFileIds);
    }

    [Fact]
    public async Task Without_simplify_it_is_the_object_of_the_API()
    {
        await using var worker = await Start();

        var created = (await worker.Answer(Everything with { Simplify = false })).Raw!.Value;
        var changed = (await worker.Answer(Change with { Simplify = false })).Raw!.Value;
        var listed = (await worker.Answer(new ListAssistants { Simplify = false })).Raw!.Value;

        Assert.Equal("assistant", created.GetProperty("object").GetString());
        JsonAssert.Same(
            """[{"type":"code_interpreter"},{"type":"file_search"},{"type":"function","function":"""
                + """{"name":"weather","description":"The weather","parameters":{"type":"object","properties":"""
                + """{},"required":[],"additionalProperties":false},"strict":true}}]""",
            created.GetProperty("tools"));
        JsonAssert.Same("""{"code_interpreter":{"file_ids":["file-1"]},"file_search":{"vector_store_ids":["vs_1"]}}""",
            created.GetProperty("tool_resources"));
        JsonAssert.Same(
            """{"type":"json_schema","json_schema":{"name":"sum","schema":{"type":"object"},"description":"A """
                + """sum","strict":true}}""", created.GetProperty("response_format"));
        Assert.Equal("Be kind.", changed.GetProperty("instructions").GetString());
        Assert.Equal(("list", created.GetProperty("id").GetString(), false),
            (listed.GetProperty("object").GetString(), listed.GetProperty("first_id").GetString(),
                listed.GetProperty("has_more").GetBoolean()));
    }

    [Fact]
    public async Task Job_that_comes_again_makes_no_second_assistant()
    {
        await using var worker = await Start();

        var first = await worker.Answer(Ada with { JobId = "j", FailIfExists = true });
        worker.Events.Forget("j");
        var again = await worker.Answer(Ada with { JobId = "j", FailIfExists = true });

        Assert.Equal(first.Assistant!.Id, again.Assistant!.Id);
        Assert.Single((await worker.Answer(new ListAssistants())).Assistants!);
    }

    [Fact]
    public async Task Assistant_of_the_same_name_is_another_unless_that_is_to_fail()
    {
        await using var worker = await Start();
        var first = (await worker.Answer(Ada)).Assistant!.Id;

        var failure = await worker.Failure(Ada with { FailIfExists = true });
        await worker.Answer(Ada);
        var ambiguous = await worker.Failure(ToAssistant);

        Assert.Equal((FailureCodes.Conflict, FailureKind.Permanent, "name"),
            (failure.Code, failure.Kind, failure.Member));
        Assert.Contains(first, failure.Message);
        Assert.Equal((FailureCodes.InvalidRequest, "assistantName"), (ambiguous.Code, ambiguous.Member));
        Assert.Contains(first, ambiguous.Message);
    }

    [Fact]
    public async Task Files_to_search_in_go_into_a_vector_store_which_the_job_waits_for_in_the_broker()
    {
        await using var worker = await Start();
        var file = (await worker.Answer(Upload)).File!.Id;
        worker.Emulator.Clear();

        var created = await worker.Answer(Ada with { JobId = "j", KnowledgeFileIds = [file] });

        Assert.True(created.Assistant!.KnowledgeRetrieval);
        Assert.StartsWith("vs_", Assert.Single(created.Assistant.VectorStoreIds!), StringComparison.Ordinal);
        Assert.Equal(1, created.Attempts);
        Assert.Equal("vector_store", Assert.Single(worker.Events.Delays("j")).GetProperty("code").GetString());
        var made = Assert.Single(worker.Emulator.Calls, call => call is { Method: "POST", Path: "/v1/vector_stores" });
        JsonAssert.Same($$$"""{"name":"Ada","file_ids":["{{{file}}}"],"metadata":{"job_id":"j"}}""", made.Body);
    }

    [Fact]
    public async Task Jobs_of_the_same_name_are_told_apart_by_their_operation()
    {
        await using var worker = await Start();
        var file = (await worker.Answer(Upload)).File!.Id;
        await worker.Answer(Ada with
        {
            JobId = "j",
            KnowledgeRetrieval = HasBuiltInTools,
            KnowledgeFileIds = HasBuiltInTools ? [file] : null
        });
        worker.Events.Forget("j");

        Assert.NotEmpty((await worker.Answer(ToAssistant with { JobId = "j" })).Text!);
    }

    [Fact]
    public async Task File_that_cannot_be_read_fails_the_job()
    {
        await using var worker = await Start();

        var failure = await worker.Failure(Ada with { KnowledgeFileIds = ["file-gone"] });

        Assert.Equal((FailureCodes.InvalidRequest, "knowledgeFileIds"), (failure.Code, failure.Member));
        Assert.Empty((await worker.Answer(new ListAssistants())).Assistants!);
    }

    [Fact]
    public async Task What_a_change_does_not_speak_of_stays()
    {
        await using var worker = await Start();
        await worker.Answer(Everything);

        var changed = (await worker.Answer(Change)).Assistant!;

        Assert.Equal(("Be kind.", "Counts.", "m", 0.5),
            (changed.Instructions, changed.Description, changed.Model, changed.Temperature!.Value));
        Assert.True(changed.CodeInterpreter && changed.KnowledgeRetrieval);
        Assert.Equal(OutputType.JsonSchema, changed.Output!.Type);
        Assert.Single(changed.Functions!);
    }

    [Fact]
    public async Task Every_member_can_be_changed()
    {
        await using var worker = await Start();
        var id = (await worker.Answer(Everything)).Assistant!.Id;

        var changed = (await worker.Answer(new UpdateAssistant
        {
            AssistantId = id,
            Model = "n",
            Name = "Bo",
            Description = "",
            Instructions = "",
            CodeInterpreter = false,
            KnowledgeRetrieval = true,
            VectorStoreIds = ["vs_2"],
            RemoveCustomTools = true,
            Functions = [new() { Name = "time" }],
            Output = new() { Type = OutputType.JsonObject },
            Temperature = 1,
            TopP = 1,
            ReasoningEffort = "high",
            StoreMetadata = new Dictionary<string, string>(),
        })).Assistant!;

        Assert.Equal((id, "n", "Bo", "", ""),
            (changed.Id, changed.Model, changed.Name, changed.Description, changed.Instructions));
        Assert.Equal((false, true, "vs_2", "time"),
            (changed.CodeInterpreter, changed.KnowledgeRetrieval, changed.VectorStoreIds![0],
                Assert.Single(changed.Functions!).Name));
        Assert.Equal((OutputType.JsonObject, 1, 1, "high"),
            (changed.Output!.Type, changed.Temperature!.Value, changed.TopP!.Value, changed.ReasoningEffort));
        Assert.Empty(changed.StoreMetadata!);
        Assert.Null(changed.CodeInterpreterFileIds);
        Assert.Equal("Bo", (await worker.Answer(new UpdateAssistant { AssistantName = "Bo" })).Assistant!.Name);
    }

    [Fact]
    public async Task Custom_tools_go_and_the_others_stay()
    {
        await using var worker = await Start();
        await worker.Answer(Everything);

        var changed = (await worker.Answer(
            new UpdateAssistant { AssistantName = "Ada", RemoveCustomTools = true })).Assistant!;

        Assert.Null(changed.Functions);
        Assert.True(changed.CodeInterpreter && changed.KnowledgeRetrieval);
    }

    [Fact]
    public async Task Function_of_a_known_name_goes_into_the_place_of_the_old()
    {
        await using var worker = await Start();
        await worker.Answer(Everything);

        var changed = (await worker.Answer(new UpdateAssistant
        {
            AssistantName = "Ada",
            Functions = [new() { Name = "time" }, new() { Name = "weather", Description = "New" }]
        })).Assistant!;

        Assert.Equal([("time", null), ("weather", "New")],
            changed.Functions!.Select(function => (function.Name, function.Description)));
    }

    [Theory]
    [InlineData("asc", "a b c")]
    [InlineData(null, "c b a")]
    public async Task Pages_follow_one_another(string? order, string expected)
    {
        await using var worker = await Start();
        foreach (var name in new[] { "a", "b", "c" })
            await worker.Answer(Ada with { Name = name });

        var first = await worker.Answer(new ListAssistants { Order = order, Limit = 2 });
        var second = await worker.Answer(
            new ListAssistants { Order = order, Limit = 2, After = first.Assistants![^1].Id });

        Assert.Equal(expected, string.Join(' ',
            first.Assistants.Concat(second.Assistants!).Select(assistant => assistant.Name)));
        Assert.Equal((true, false), (first.HasMore!.Value, second.HasMore!.Value));
    }

    [Fact]
    public async Task Deleted_assistant_is_gone()
    {
        await using var worker = await Start();
        var id = (await worker.Answer(Ada)).Assistant!.Id;

        var deleted = await worker.Answer(new DeleteAssistant { AssistantName = "Ada" });

        Assert.Equal((id, true), (deleted.AssistantId, deleted.Deleted!.Value));
        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(new DeleteAssistant { AssistantId = id })).Code);
        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(new DeleteAssistant { AssistantName = "Ada" })).Code);
        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(Change)).Code);
        Assert.Equal(FailureCodes.NotFound,
            (await worker.Failure(ToAssistant with { AssistantId = id, AssistantName = null })).Code);
        Assert.Empty((await worker.Answer(new ListAssistants())).Assistants!);
    }

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

    /// <summary>The endpoint that answers a message, and costs.</summary>
    private protected abstract string Answering { get; }

    /// <summary>The tools that a message goes out with, by name or type.</summary>
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
