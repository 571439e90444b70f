using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>The field <c>input</c>: each string of an array is a separate input; anything else is one input.</summary>
static class SeveralInputs
{
    public static IEnumerable<JsonElement> Of(JsonElement body)
    {
        var input = body.GetProperty("input");
        return input.ValueKind == JsonValueKind.Array && input[0].ValueKind == JsonValueKind.String
            ? input.EnumerateArray()
            : [input];
    }

    public static Prompt Prompt(JsonElement body)
    {
        var reader = new PromptReader();
        foreach (var input in Of(body))
        {
            reader.HearUser(input);
        }

        return reader.Finish();
    }
}
