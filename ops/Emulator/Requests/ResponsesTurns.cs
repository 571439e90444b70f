using OpenAIWorker.Emulator.Shapes;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>
/// Function calls and their outputs must come in pairs, unless the other half is in an earlier response.
/// </summary>
static class ResponsesTurns
{
    public static Refusal? Check(JsonElement body)
    {
        var calls = IdsOf(body, "function_call");
        var outputs = IdsOf(body, "function_call_output");
        var hasHistory = body.Member("previous_response_id") is not null || body.Member("conversation") is not null;

        if (!hasHistory && outputs.Except(calls).FirstOrDefault() is { } unasked)
        {
            return new Refusal(Code: null, $"No tool call found for function call output with call_id {unasked}.")
                .At("input");
        }

        return calls.Except(outputs).FirstOrDefault() is { } open
            ? new Refusal(Code: null, $"No tool output found for function call {open}.").At("input")
            : null;
    }

    static string[] IdsOf(JsonElement body, string type) =>
        [.. body.Items("input").Where(item => item.Is("type", type)).Select(item => item.Text("call_id")!)];
}
