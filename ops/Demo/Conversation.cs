using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Demo;

/// <summary>
/// Jobs that build on each other: an assistant with a file, and three turns with it, the last one with a tool.
/// </summary>
static class Conversation
{
    const string Name = "Order desk";

    static readonly FunctionTool Tracking = new()
    {
        Name = ParcelDesk.Function,
        Description = "Where a parcel is",
        Parameters = JsonElement.Parse(
            """{"type":"object","properties":{"number":{"type":"string"}},"required":"""
                + """["number"],"additionalProperties":false}"""),
    };

    public static async Task Run(Desk desk)
    {
        var terms = Convert.ToBase64String("Parcels may be sent back for 30 days."u8);
        var file = await desk.End(
            new UploadFile { JobId = "terms", File = new() { Base64 = terms, FileName = "terms.txt" } });
        await desk.End(new CreateAssistant
        {
            JobId = "assistant-made",
            Model = "gpt-6-luna",
            Name = Name,
            Instructions = "Answer in one sentence.",
            CodeInterpreter = true,
            KnowledgeFileIds = [file.GetProperty("file").GetProperty("id").GetString()!],
            Functions = [Tracking],
        });
        var first = await desk.End(Turn("turn-1", null) with { Prompt = "How long may I send a parcel back?" });
        var thread = first.GetProperty("threadId").GetString();
        await desk.End(Turn("turn-2", thread) with { Prompt = "Draw a chart of my orders." });
        await desk.End(Turn("turn-3", thread) with { Prompt = $"Please {ParcelDesk.Function} 4711." });
    }

    static MessageAssistant Turn(string job, string? thread) =>
        new() { JobId = job, AssistantName = Name, ThreadId = thread };
}
