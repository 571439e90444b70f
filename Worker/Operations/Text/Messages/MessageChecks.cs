using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations.Text.Functions;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Text.Messages;

/// <summary>The rules of <see cref="MessageModel.Messages"/>.</summary>
static class MessageChecks
{
    public static void Of(MessageModel request, bool throughResponses)
    {
        Needed("messages", request.Messages is { Count: > 0 } || IsGivenOtherwise(request),
            "give at least one, such as {\"text\": \"Hello\"}.");
        Each(request.Messages, throughResponses);
    }

    public static void Each(IReadOnlyList<ModelMessage>? messages, bool throughResponses)
    {
        foreach (var (index, message) in (messages ?? []).Index())
            Of(index, message, throughResponses);
    }

    static bool IsGivenOtherwise(MessageModel request) =>
        request.HasExtra("input") || request.HasExtra("messages") || request.HasExtra("prompt")
            || request.Prompt is not null
        || request.Instructions is not null && request.ConversationId is not null;

    static void Of(int index, ModelMessage message, bool throughResponses)
    {
        // Fast path: most messages are like this, and cannot be wrong.
        if (message is
            {
                Text: not null, Role: null or "user", Images: null, Files: null, Audio: null, ToolCalls: null,
                Approvals: null
            })
            return;
        var here = $"messages[{index}]";
        const string usersOnly = "with Chat Completions, only messages of role user may have them.";
        var takesParts = throughResponses ? message.Role != "tool" : message.RoleOrUser() == "user";
        Never($"{here}.images", message.Images is not null && !takesParts, usersOnly);
        Never($"{here}.files", message.Files is not null && !takesParts, usersOnly);
        Never($"{here}.audio", message.Audio is not null && message.RoleOrUser() != "user",
            "only messages of role user may have sound.");
        Never($"{here}.cacheBreakpoint", message.CacheBreakpoint == true && message.Role == "tool",
            "is only for messages of the other roles.");
        Never($"{here}.cacheBreakpoint",
            message.CacheBreakpoint == true
                && message is
                {
                    Text: null, Images: not { Count: > 0 }, Files: not { Count: > 0 },
                    Audio: not { Count: > 0 }
                },
            "marks a text, an image, a file or a sound, but this message has none of them. Set it on the message "
                + "before.");
        Never($"{here}.toolCalls", message.ToolCalls is not null && message.Role != "assistant",
            "only messages of role assistant may have them.");
        Needed($"{here}.toolCallId", message.Role != "tool" || message.ToolCallId is not null,
            "a message of role tool answers a call: give its id.");
        Needed($"{here}.text", SaysSomething(message), "a message needs text, images, files, audio or approvals.");
        Never($"{here}.approvals", message.Approvals is not null && !throughResponses,
            "Responses only. Set api to responses, or leave it out.");
        ImageParts.Check($"{here}.images", message.Images, throughResponses: throughResponses);
        Files($"{here}.files", message.Files, throughResponses);
    }

    static bool SaysSomething(ModelMessage message) => message.Text is not null || message is
    { Images.Count: > 0 } or { Files.Count: > 0 } or { Audio.Count: > 0 } or { ToolCalls.Count: > 0 }
        or { Approvals.Count: > 0 };

    public static void Files(string member, IReadOnlyList<FileInput>? files, bool throughResponses)
    {
        foreach (var (index, file) in (files ?? []).Index())
        {
            var here = $"{member}[{index}]";
            Never($"{here}.url", file.Url is not null && !throughResponses,
                "Responses only. Give fileId, base64 or payload.");
            Never($"{here}.detail", file.Detail is not null && !throughResponses, "Responses only. Leave it out.");
            Needed($"{here}.fileName",
                file is { Base64: null, Payload: null }
                    || !string.IsNullOrWhiteSpace(file.FileName ?? file.Payload?.FileName),
                "bytes need a name, such as report.pdf.");
        }
    }
}
