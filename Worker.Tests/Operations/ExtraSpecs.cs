using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations;

/// <summary>What <c>extra</c> adds to a job, and what it must not contradict.</summary>
public sealed class ExtraSpecs
{
    static readonly OutputFormat AnyJson = new() { Type = OutputType.JsonObject };

    static readonly (JobRequest Job, string Extra, string Says)[] Contradictions =
    [
        (Smallest with { Temperature = 1 }, """{"temperature":0.5}""",
            "extra.temperature is 0.5, but temperature is 1."),
        (Smallest with { Verbosity = "low" }, """{"text":{"verbosity":"high"}}""",
            "extra.text.verbosity is \"high\", but verbosity is \"low\"."),
        (Smallest with { Output = AnyJson }, """{"text":{"format":{"type":"text"}}}""",
            "extra.text.format.type is \"text\", but output is \"json_object\"."),
        (Smallest with { Output = AnyJson }, """{"text":"short"}""", "extra.text is \"short\", but"),
        (Smallest with { ReasoningEffort = "high" }, """{"reasoning":{"effort":"low"}}""",
            "extra.reasoning.effort is \"low\", but reasoningEffort is \"high\"."),
        (Smallest with { MaxTokens = 20 }, """{"max_output_tokens":30}""",
            "extra.max_output_tokens is 30, but maxTokens is 20."),
        (Smallest with { StoreMetadata = new Dictionary<string, string> { ["a"] = "1" } }, """{"metadata":{"a":"2"}}""",
            "extra.metadata.a is \"2\", but storeMetadata is \"1\"."),
        (Smallest, """{"input":"Bye"}""", "extra.input is \"Bye\", but messages is"),
        (Smallest, """{"model":"other"}""", "extra.model is \"other\", but model is \"m\"."),
        (Smallest with { TopP = 0.5 }, """{"top_p":null}""", "extra.top_p is null, but topP is 0.5."),
        (SmallestChat with { Output = AnyJson }, """{"response_format":{"type":"text"}}""",
            "extra.response_format.type is \"text\", but output is \"json_object\"."),
        (SmallestChat with { Completions = 2 }, """{"n":3}""", "extra.n is 3, but completions is 2."),
        (Analysis with { MaxTokens = 400 }, """{"max_output_tokens":500}""",
            "extra.max_output_tokens is 500, but maxTokens is 400."),
        (Messages.Embeddings with { Dimensions = 2 }, """{"dimensions":3}""", "extra.dimensions is 3, but dimensions is 2."),
        (Messages.Embeddings with { SafetyIdentifier = "a" }, """{"user":"b"}""",
            "extra.user is \"b\", but safetyIdentifier is \"a\"."),
        (Speech, """{"voice":"echo"}""", "extra.voice is \"echo\", but voice is \"alloy\"."),
        (Messages.Image with { Count = 2 }, """{"n":3}""", "extra.n is 3, but count is 2."),
        (Ada, """{"name":"Bo"}""", "extra.name is \"Bo\", but name is \"Ada\"."),
        (Transcription with { Language = "fi" }, """{"language":"sv"}""",
            "extra.language is sv, but language is fi."),
        (Upload with { Purpose = "batch" }, """{"purpose":"vision"}""",
            "extra.purpose is vision, but purpose is batch."),
        (Edit, """{"image":"x"}""", "extra.image is x, but images is the file cat.png."),
        (Call with { Body = JsonElement.Parse("""{"a":{"b":1}}""") }, """{"a":{"b":2}}""",
            "extra.a.b is 2, but body.a.b is 1."),
    ];

    [Fact]
    public async Task Extra_that_says_something_else_than_the_job_is_refused_and_both_are_named()
    {
        await using var worker = await EmbeddedWorker.Start();

        foreach (var (job, extra, says) in Contradictions)
        {
            var failure = await worker.Failure(job with { Extra = Members(extra) });

            Assert.StartsWith(says, failure.Message);
            Assert.Equal((FailureCodes.InvalidRequest, Remedy.Sender), (failure.Code, failure.Remedy));
        }
        Assert.Empty(worker.Emulator.Calls);
    }

    [Fact]
    public async Task Objects_go_into_each_other_level_by_level()
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Smallest with
        {
            Output = AnyJson,
            ReasoningEffort = "low",
            Messages = [new() { Text = "JSON" }],
            Extra =
                Members(
                    """{"text":{"verbosity":"low","format":{"type":"json_object"}},"reasoning":"""
                        + """{"context":"all_turns"},"user":"u"}"""),
        });

        JsonAssert.Same("""
            {"model":"m","input":[{"role":"user","content":"JSON"}],"reasoning":{"effort":"low","context":"all_turns"},
             "text":{"format":{"type":"json_object"},"verbosity":"low"},"user":"u"}
            """, worker.OnlyCall.Body);
    }

    [Fact]
    public async Task What_was_not_set_contradicts_nothing()
    {
        await using var worker = await EmbeddedWorker.Start("--OpenAI:Background:Models=*");

        await worker.Answer(Analysis with { Extra = Members("""{"max_output_tokens":500,"background":false}""") });
        await worker.Answer(Upload with { Extra = Members("""{"purpose":"vision"}""") });

        Assert.Equal(500, worker.Emulator.Calls[0].Body.GetProperty("max_output_tokens").GetInt32());
        Assert.Equal("vision", worker.Emulator.Calls[1].Body.GetProperty("purpose").GetString());
    }

    [Fact]
    public async Task Of_an_assistant_a_message_may_say_otherwise()
    {
        await using var worker = await EmbeddedWorker.Start();
        await worker.Answer(Ada with { Temperature = 1, Instructions = "Be brief." });

        await worker.Answer(ToAssistant with
        {
            Extra = Members("""{"temperature":0.5,"instructions":"Be kind.","metadata":{"more":"1"}}""")
        });

        var body = worker.Emulator.Calls[^1].Body;
        Assert.Equal((0.5, "Be kind.", "1"),
            (body.GetProperty("temperature").GetDouble(), body.Text("instructions"),
                body.GetProperty("metadata").Text("more")));
        Assert.NotNull(body.GetProperty("metadata").Text("job_id"));
    }

    [Fact]
    public async Task What_extra_demands_of_the_first_turn_is_not_demanded_of_the_next()
    {
        await using var worker = await EmbeddedWorker.Start("--Tools:AllowCommands=true",
            "--Tools:Functions:find:Command=/bin/cat");

        var answer = await worker.Answer(Smallest with
        {
            Tools = [new() { Function = new() { Name = "find" } }],
            Extra = Members("""{"tool_choice":"required"}"""),
        });

        Assert.Equal("stop", answer.FinishReason);
        Assert.Equal(2, worker.Emulator.Calls.Count);
        Assert.False(worker.Emulator.Calls[1].Body.TryGetProperty("tool_choice", out _));
    }

    [Theory]
    [InlineData("stream", "true")]
    [InlineData("stream", "\"true\"")]
    [InlineData("stream", "\"True\"")]
    [InlineData("stream", "1")]
    [InlineData("stream", "\"yes\"")]
    [InlineData("Stream", "true")]
    [InlineData(" STREAM ", "true")]
    [InlineData("stream[]", "[true]")]
    [InlineData("stream", "{}")]
    public void A_stream_is_refused_in_every_spelling(string name, string value)
    {
        var refused = Assert.Throws<FailureException>(() =>
            CommonCheck.Of(
                Smallest with { Extra = new Dictionary<string, JsonElement> { [name] = JsonElement.Parse(value) } }));

        Assert.Equal($"extra.{name}", refused.Failure.Member);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("\"false\"")]
    [InlineData("0")]
    public void No_stream_is_no_stream(string value) =>
        CommonCheck.Of(
            Smallest with { Extra = new Dictionary<string, JsonElement> { ["stream"] = JsonElement.Parse(value) } });

    static Dictionary<string, JsonElement> Members(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
}
