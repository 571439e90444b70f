using System.Text.Json;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>What the user said last, from either API's messages.</summary>
static class Prompt
{
    public static string Of(JsonElement messages) => messages.ValueKind switch
    {
        JsonValueKind.String => messages.GetString()!,
        JsonValueKind.Array => messages.EnumerateArray().Where(IsUsers).Select(Text).LastOrDefault("") ?? "",
        _ => "",
    };

    static bool IsUsers(JsonElement message) => message.TryGetProperty("role", out var role) && role.GetString() == "user";

    static string Text(JsonElement message) => message.TryGetProperty("content", out var content)
        ? content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : string.Join(' ', content.EnumerateArray().Where(part => part.TryGetProperty("text", out _)).Select(part => part.GetProperty("text").GetString()))
        : "";
}
