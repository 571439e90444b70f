using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Requests;

static class ResponsesPrompt
{
    public static Prompt Read(JsonElement body)
    {
        var reader = new PromptReader();
        reader.Hear(body.Text("instructions"));
        if (body.Member("input") is { ValueKind: JsonValueKind.String } whole)
        {
            reader.HearUser(whole);
        }

        foreach (var item in body.Items("input"))
        {
            Hear(reader, item);
        }

        var heard = reader.Finish();
        return heard with
        {
            MaxOutputTokens = body.Whole("max_output_tokens"),
            ReasoningTokens = Reasoning.Tokens(body.Member("reasoning")?.Text("effort")),
            Format = ReplyFormat.Of(body.Member("text")?.Member("format")),
            Functions = FunctionTool.Pick(body, heard.LastSaid),
        };
    }

    static void Hear(PromptReader reader, JsonElement item)
    {
        if (item.Is("type", "function_call_output"))
        {
            reader.HearTool(item.Member("output"));
        }
        else if (item.Is("role", "user"))
        {
            reader.HearUser(item.Member("content"));
        }
        else
        {
            reader.HearOther(item.Member("content"));
        }
    }
}
