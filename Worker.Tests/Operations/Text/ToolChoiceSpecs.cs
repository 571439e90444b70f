using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Text;

/// <summary>Which tools a model may or must use, in the form of each API.</summary>
public sealed class ToolChoiceSpecs
{
    static readonly IReadOnlyList<ModelTool> Tools =
    [
        new() { Function = new() { Name = "find" } },
        new() { WebSearch = new() },
        new() { CodeInterpreter = new() },
        new() { Mcp = new() { Label = "docs", Url = new("https://docs.example/mcp") } },
    ];

    [Theory]
    [InlineData("required", null, "\"required\"")]
    [InlineData("find", null, """{"type":"function","name":"find"}""")]
    [InlineData("codeInterpreter", null, """{"type":"code_interpreter"}""")]
    [InlineData("docs", null, """{"type":"mcp","server_label":"docs"}""")]
    [InlineData("webSearch", null, """{"type":"allowed_tools","mode":"required","tools":[{"type":"web_search"}]}""")]
    [InlineData(null, "find,docs",
        """{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"find"},"""
            + """{"type":"mcp","server_label":"docs"}]}""")]
    [InlineData("required", "webSearch,codeInterpreter",
        """{"type":"allowed_tools","mode":"required","tools":[{"type":"web_search"},{"type":"code_interpreter"}]}""")]
    public async Task Responses_are_told(string? choice, string? allowed, string told)
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Messages.Smallest with
        {
            Tools = Tools,
            ToolChoice = choice,
            AllowedTools = allowed?.Split(',')
        });

        JsonAssert.Same(told, worker.OnlyCall.Body.GetProperty("tool_choice"));
    }

    [Theory]
    [InlineData("find", null, """{"type":"function","function":{"name":"find"}}""")]
    [InlineData("required", "find",
        """{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":"""
            + """{"name":"find"}}]}}""")]
    public async Task Chat_Completions_are_told(string? choice, string? allowed, string told)
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Messages.SmallestChat with
        {
            Tools = [Tools[0]],
            ToolChoice = choice,
            AllowedTools = allowed?.Split(',')
        });

        JsonAssert.Same(told, worker.OnlyCall.Body.GetProperty("tool_choice"));
    }
}
