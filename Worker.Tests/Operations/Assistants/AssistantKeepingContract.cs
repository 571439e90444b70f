using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations.Assistants;

/// <summary>Assistants are created, changed, listed and deleted, wherever they are stored.</summary>
public abstract class AssistantKeepingContract
{
    private protected static readonly FunctionTool Weather = new()
    {
        Name = "weather",
        Description = "The weather",
        Parameters = JsonElement.Parse(
            """{"type":"object","properties":{},"required":[],"additionalProperties":false}"""),
        Strict = true
    };

    private protected static readonly CreateAssistant Everything = new()
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
    /// How often a message is paid for if its answer was lost: a provider that stores nothing has nothing to look it up
    /// in.
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

    /// <summary>The endpoint that answers a message, and is billed.</summary>
    private protected abstract string Answering { get; }
}
