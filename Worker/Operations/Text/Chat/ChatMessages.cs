using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Text.Chat;

/// <summary>Messages in the form of Chat Completions.</summary>
static class ChatMessages
{
    public static JsonBody Of(ModelMessage message)
    {
        var body = new JsonBody
        {
            { "role", message.RoleOrUser() },
            { "tool_call_id", message.ToolCallId },
            { "tool_calls", message.ToolCalls?.Select(Call) },
        };
        if (message is { Images: null, Files: null, Audio: null, CacheBreakpoint: not true })
            body.Add("content", message.Text);
        else
            body.Add("content", CacheBreakpoints.In(Parts(message), message));
        return body;
    }

    static IEnumerable<JsonBody> Parts(ModelMessage message)
    {
        if (message.Text is not null)
            yield return new() { { "type", "text" }, { "text", message.Text } };
        foreach (var image in message.Images ?? [])
            yield return new() { { "type", "image_url" },
                { "image_url", new JsonBody { { "url", ImageParts.UrlOf(image) }, { "detail", image.Detail } } } };
        foreach (var file in message.Files ?? [])
            yield return new()
            {
                { "type", "file" },
                { "file", new JsonBody { { "file_id", file.FileId }, { "filename", file.FileName },
                    { "file_data", FileParts.DataOf(file) } } },
            };
        foreach (var sound in message.Audio ?? [])
            yield return new()
            {
                { "type", "input_audio" },
                { "input_audio", new JsonBody { { "data", sound.Base64 }, { "format", sound.Format ?? "wav" } } },
            };
    }

    static JsonBody Call(ToolCall call) => new()
    {
        { "id", call.Id },
        { "type", "function" },
        { "function", new JsonBody { { "name", call.Name }, { "arguments", call.Arguments } } },
    };
}
