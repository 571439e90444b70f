using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants.Native;

/// <summary>Everything that the assistant says in a thread, part by part: none is dropped.</summary>
static class NativeReading
{
    /// <param name="common">The run's values.</param>
    /// <param name="messages">The run's messages.</param>
    /// <param name="turn">The request.</param>
    /// <param name="missing">Files that could not be fetched.</param>
    public static ModelMessaged Of(ModelMessaged common, ProviderResponse messages, MessageModel turn,
        IReadOnlyCollection<string> missing)
    {
        var parts = Parts(messages.Body).ToList();
        var texts = parts.Select(TextOf).OfType<string>().ToList();
        var text = texts.Count == 0 ? null : string.Join("\n\n", texts);
        var refusals = parts.Select(part => part.Text("refusal")).Where(refusal => !string.IsNullOrWhiteSpace(refusal))
            .ToList();
        var refusal = refusals.Count == 0 ? null : string.Join("\n\n", refusals);
        var annotations = parts.SelectMany(part => part.Member("text")?.Items("annotations") ?? []).ToList();
        var others = parts.Where(part => TextOf(part) is null && part.Text("refusal") is null && !IsFile(part, missing))
            .ToList();
        return common with
        {
            Text = text,
            Refusal = refusal,
            Json = OutputReading.Json(turn, text, common.FinishReason, refusal, messages),
            Annotations = annotations.Count > 0 ? annotations : null,
            OtherOutput = others.Count > 0 ? others : null,
        };
    }

    /// <summary>The parts of the assistant's messages. Some servers write the content as a text.</summary>
    public static IEnumerable<JsonElement> Parts(JsonElement messages) =>
        messages.Items("data").Where(message => message.Text("role") == "assistant").SelectMany(PartsOf);

    static IEnumerable<JsonElement> PartsOf(JsonElement message) => message.Member("content") switch
    {
        { ValueKind: JsonValueKind.Array } parts => parts.EnumerateArray(),
        { } content => [content],
        null => [],
    };

    static string? TextOf(JsonElement part) => part.ValueKind == JsonValueKind.String
        ? part.GetString()
        : part.Text("text") ?? part.Member("text")?.Text("value");

    static bool IsFile(JsonElement part, IReadOnlyCollection<string> missing) =>
        part.Member("image_file")?.Text("file_id") is { } id && !missing.Contains(id);
}
