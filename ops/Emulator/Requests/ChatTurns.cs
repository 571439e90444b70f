using OpenAIWorker.Emulator.Shapes;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>
/// Every tool call must be answered by the messages directly after it, and only tool calls may be answered.
/// </summary>
static class ChatTurns
{
    public static Refusal? Check(JsonElement body)
    {
        var open = new HashSet<string>();
        var index = 0;
        foreach (var message in body.GetProperty("messages").EnumerateArray())
        {
            if (message.Is("role", "tool"))
            {
                if (!open.Remove(message.Text("tool_call_id")!))
                {
                    return AnswerWithoutCall(index);
                }
            }
            else if (open.Count > 0)
            {
                return CallWithoutAnswer(open, index);
            }

            open.UnionWith(message.Items("tool_calls").Select(call => call.Text("id")!));
            index++;
        }

        return open.Count > 0 ? CallWithoutAnswer(open, index) : null;
    }

    static Refusal AnswerWithoutCall(int index) => new Refusal(Code: null,
        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.")
        .At("role").At(index).At("messages");

    static Refusal CallWithoutAnswer(IEnumerable<string> open, int index) => new Refusal(Code: null,
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. "
        + $"The following tool_call_ids did not have response messages: {string.Join(", ", open)}")
        .At("role").At(index).At("messages");
}
