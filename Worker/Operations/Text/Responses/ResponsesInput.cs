using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>
/// A message as input items of the Responses API: function calls and their answers are separate items.
/// </summary>
static class ResponsesInput
{
    public static IEnumerable<JsonBody> Of(ModelMessage message)
    {
        if (message.Role == "tool")
        {
            yield return new() { { "type", "function_call_output" }, { "call_id", message.ToolCallId },
                { "output", message.Text } };
            yield break;
        }
        foreach (var answer in message.Approvals ?? [])
            yield return new() { { "type", "mcp_approval_response" }, { "approval_request_id", answer.Id },
                { "approve", answer.Approve }, { "reason", answer.Reason } };
        foreach (var said in message.Role == "assistant" ? Split(message) : [message])
            if (said.Text is not null || said.Images is not null || said.Files is not null)
                yield return Message(said);
        foreach (var call in message.ToolCalls ?? [])
            yield return Of(call);
    }

    // The API accepts only text from an assistant: its images and files follow as the user's.
    static IEnumerable<ModelMessage> Split(ModelMessage message) => message is { Images: null, Files: null }
        ? [message]
        :
        [
            message with { Images = null, Files = null, CacheBreakpoint = null },
            new() { Images = message.Images, Files = message.Files, CacheBreakpoint = message.CacheBreakpoint },
        ];

    public static JsonBody Of(ToolCall call) =>
        new() { { "type", "function_call" }, { "call_id", call.Id }, { "name", call.Name },
            { "namespace", call.Namespace }, { "arguments", call.Arguments } };

    static JsonBody Message(ModelMessage message) => message is { Images: null, Files: null, CacheBreakpoint: not true }
        ? new() { { "role", message.RoleOrUser() }, { "content", message.Text } }
        : new() { { "role", message.RoleOrUser() }, { "content", CacheBreakpoints.In(Parts(message), message) } };

    static IEnumerable<JsonBody> Parts(ModelMessage message)
    {
        if (message.Text is not null)
            // The model's text is output, even when it is sent back.
            yield return new() { { "type", message.Role == "assistant" ? "output_text" : "input_text" },
                { "text", message.Text } };
        foreach (var image in message.Images ?? [])
            yield return new() { { "type", "input_image" }, { "image_url", ImageParts.UrlOf(image) },
                { "file_id", image.FileId }, { "detail", image.Detail ?? "auto" } };
        foreach (var file in message.Files ?? [])
            yield return new()
            {
                { "type", "input_file" },
                { "file_id", file.FileId },
                { "file_url", file.Url },
                { "filename", file.FileName },
                { "file_data", FileParts.DataOf(file) },
                { "detail", file.Detail },
            };
    }
}
