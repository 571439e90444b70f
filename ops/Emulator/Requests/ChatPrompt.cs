using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Requests;

static class ChatPrompt
{
    public static Prompt Read(JsonElement body)
    {
        var reader = new PromptReader();
        foreach (var message in body.GetProperty("messages").EnumerateArray())
        {
            Hear(reader, message);
        }

        var heard = reader.Finish();
        return heard with
        {
            MaxOutputTokens = body.Whole("max_completion_tokens") ?? body.Whole("max_tokens"),
            ReasoningTokens = Reasoning.Tokens(body.Text("reasoning_effort")),
            Stops = Stops(body),
            Format = ReplyFormat.Of(body.Member("response_format")),
            Functions = FunctionTool.Pick(body, heard.LastSaid),
        };
    }

    static void Hear(PromptReader reader, JsonElement message)
    {
        var content = message.Member("content");
        switch (message.Text("role"))
        {
            case "user":
                reader.HearUser(content);
                break;
            case "tool":
                reader.HearTool(content);
                break;
            default:
                reader.HearOther(content);
                break;
        }
    }

    static string[] Stops(JsonElement body) => body.Member("stop") switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { } several => [.. several.EnumerateArray().Select(stop => stop.GetString()!)],
        null => [],
    };
}
