using OpenAIWorker.Contracts;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Text;

/// <summary>The rules of <see cref="MessageModel.Messages"/>.</summary>
static class MessageChecks
{
    public static void Of(MessageModel request, bool throughResponses)
    {
        Needed("messages", request.Messages is { Count: > 0 } || IsGivenOtherwise(request), "give at least one, such as {\"text\": \"Hello\"}.");
        Each(request.Messages, throughResponses);
    }

    public static void Each(IReadOnlyList<ModelMessage>? messages, bool throughResponses)
    {
        Never("messages", messages?.Count(message => message?.Role is "system" or "developer") > 1,
            "has more than one of role system or developer. Join them into one.");
        foreach (var (index, message) in (messages ?? []).Index())
            Of(index, message, throughResponses);
    }

    static bool IsGivenOtherwise(MessageModel request) =>
        request.HasExtra("input") || request.HasExtra("messages") || request.HasExtra("prompt") || request.Instructions is not null && request.ConversationId is not null;

    static void Of(int index, ModelMessage? message, bool throughResponses)
    {
        // Nearly all are like this, and there is nothing about them that could be wrong.
        if (message is { Text: not null, Role: null or "user", Images: null, Files: null, ToolCalls: null, Approvals: null })
            return;
        var here = $"messages[{index}]";
        Never(here, message is null, "is null.");
        OneOf($"{here}.role", message!.Role, "system", "developer", "user", "assistant", "tool");
        Never($"{here}.images", message.Images is not null && message.RoleOrUser() != "user", "only a message of role user has images.");
        Never($"{here}.files", message.Files is not null && message.RoleOrUser() != "user", "only a message of role user has files.");
        Never($"{here}.toolCalls", message.ToolCalls is not null && message.Role != "assistant", "only a message of role assistant has them.");
        Never($"{here}.toolCalls", message.ToolCalls?.Any(call => call is null) == true, "one of them is null.");
        Needed($"{here}.toolCallId", message.Role != "tool" || message.ToolCallId is not null, "a message of role tool answers a call: give its id.");
        Needed($"{here}.text", message.Text is not null || message.Images is { Count: > 0 } || message.Files is { Count: > 0 } || message.ToolCalls is { Count: > 0 } || message.Approvals is { Count: > 0 },
            "a message needs text, images, files or approvals.");
        Approvals($"{here}.approvals", message.Approvals, throughResponses);
        ImageParts.Check($"{here}.images", message.Images, takesFileIds: throughResponses);
        Files($"{here}.files", message.Files, throughResponses);
    }

    public static void Approvals(string member, IReadOnlyList<McpApprovalAnswer>? approvals, bool throughResponses)
    {
        Never(member, approvals is not null && !throughResponses, "Responses only. Set api to responses, or leave it out.");
        foreach (var (index, answer) in (approvals ?? []).Index())
            Needed($"{member}[{index}].id", !string.IsNullOrWhiteSpace(answer?.Id), "an answer names its question: give the id of one of mcpApprovals.");
    }

    public static void Files(string member, IReadOnlyList<FileInput>? files, bool throughResponses)
    {
        foreach (var (index, file) in (files ?? []).Index())
        {
            var here = $"{member}[{index}]";
            Never(here, file is null, "is null.");
            var given = ImageParts.Given(file!.Url, file.FileId, file.Base64, file.Payload);
            Never(here, given != 1, $"has {given} of url, fileId, base64 and payload, allowed is exactly one.");
            Never($"{here}.url", file.Url is not null && !throughResponses, "Responses only. Give fileId, base64 or payload.");
            Needed($"{here}.fileName", file is { Base64: null, Payload: null } || !string.IsNullOrWhiteSpace(file.FileName ?? file.Payload?.FileName),
                "bytes need one, such as report.pdf.");
        }
    }
}
