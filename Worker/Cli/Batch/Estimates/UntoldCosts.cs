using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;

namespace OpenAIWorker.Cli.Batch.Estimates;

/// <summary>Something that is billed, but that a job does not show before its call.</summary>
/// <param name="What">A description for a person.</param>
/// <param name="IsAnswered">Whether the answer shows it.</param>
sealed record Untold(string What, bool IsAnswered = true);

/// <summary>
/// Finds the costs that a job does not show. They are reported, because an estimate without them would be far too low.
/// </summary>
static class UntoldCosts
{
    static readonly Untold Sound = new("the length of the sound");
    static readonly Untold Speech = new("the generated sound", IsAnswered: false);
    static readonly Untold Assistant = new("the assistant's model, instructions and thread");
    static readonly Untold Prompt = new("the stored prompt");
    static readonly Untold Conversation = new("the conversation before it");
    static readonly Untold Files = new("the content of files");
    static readonly Untold Tools = new("the results of tools");
    static readonly Untold Images = new("the images' size and quality, which the model chooses");
    static readonly Untold Elsewhere = new("what the endpoint costs", IsAnswered: false);

    // Storage is not counted (docs/batch.md).
    static readonly string[] FreeEndpoints = ["files", "uploads", "vector_stores", "conversations", "moderations"];

    static readonly string[] Endpoints = ["responses", "chat/completions", "completions", "embeddings"];

    public static bool IsFree(JobRequest job) => job switch
    {
        CallApi call => IsOnlyAsked(call) || FreeEndpoints.Contains(PathOf(call).Split('/')[0]),
        // Without a model the provider's own moderation is used, which is free; a named model has its price.
        ClassifyText classify => classify.Model is null,
        UploadFile or ListFiles or DeleteFile => true,
        CreateConversation or GetConversation or UpdateConversation or DeleteConversation => true,
        CreateAssistant or UpdateAssistant or ListAssistants or DeleteAssistant => true,
        _ => false,
    };

    public static IReadOnlyList<Untold> Of(JobRequest job) => job switch
    {
        TranscribeAudio or TranslateAudio => [Sound],
        GenerateSpeech => [Speech],
        MessageAssistant => [Assistant],
        GenerateImage image when IsOpen(image.Size) || IsOpen(image.Quality) => [Images],
        EditImage edit when IsOpen(edit.Size) || IsOpen(edit.Quality) => [Images],
        MessageModel message => [.. In(message)],
        CallApi call when !IsFree(call) => [.. In(call)],
        _ => [],
    };

    static bool IsOpen(string? choice) => choice is null or "auto";

    static IEnumerable<Untold> In(MessageModel message)
    {
        if (message.Prompt is not null || message.HasExtra("prompt"))
            yield return Prompt;
        if ((message.PreviousResponseId ?? message.ConversationId) is not null)
            yield return Conversation;
        if ((message.Messages ?? []).Any(one => one?.Files is { Count: > 0 }))
            yield return Files;
        if ((message.Messages ?? []).Any(one => one?.Audio is { Count: > 0 }))
            yield return Sound;
        if ((message.Tools ?? []).Any(tool => tool is not { Function.Queue: null } or { Function: null }))
            yield return Tools;
    }

    static IEnumerable<Untold> In(CallApi call)
    {
        if (call.Body is not { } body
            || !Endpoints.Any(known => $"/{PathOf(call)}".EndsWith($"/{known}", StringComparison.Ordinal)))
        {
            yield return Elsewhere;
            yield break;
        }
        if (body.Member("prompt") is { ValueKind: JsonValueKind.Object })
            yield return Prompt;
        if ((body.Member("previous_response_id") ?? body.Member("conversation")) is not null)
            yield return Conversation;
        if (Holds(body, "input_file") || Holds(body, "file"))
            yield return Files;
        if (Holds(body, "input_audio"))
            yield return Sound;
        if (body.Items("tools").Any(tool => tool.Text("type") is not ("function" or "custom")))
            yield return Tools;
    }

    // A part of a message: {"type": "input_file", …}.
    static bool Holds(JsonElement body, string type) =>
        body.Items("input").Concat(body.Items("messages"))
            .SelectMany(message => message.Items("content"))
            .Any(part => part.Text("type") == type);

    static bool IsOnlyAsked(CallApi call) =>
        (call.Method ?? (call.Body ?? (object?)call.Parts ?? call.Extra) switch { null => "GET", _ => "POST" })
            is not "POST";

    static string PathOf(CallApi call) => (call.Path ?? "").Trim('/').Split('?')[0];
}
