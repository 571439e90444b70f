using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Json;

namespace OpenAIWorker.Web.OpenAI.Streams;

/// <summary>
/// Writes a whole answer as a stream of server-sent events, for programs that read only streams. A job has one answer,
/// when it has ended, so all chunks arrive at once.
/// </summary>
static class EventStream
{
    const string Stream = "stream";
    const string Options = "stream_options";
    const string ContentType = "text/event-stream";
    const string Done = "data: [DONE]\n\n";

    /// <summary>A call's body without streaming.</summary>
    public static JsonElement Whole(JsonElement body)
    {
        if (body.Member(Stream) is null && body.Member(Options) is null)
            return body;
        var whole = body.ToObject();
        whole.Remove(Stream);
        whole.Remove(Options);
        return JsonSerializer.SerializeToElement(whole);
    }

    /// <summary>
    /// Writes the answer. Its content shows its kind: not every server states it in <c>object</c>.
    /// </summary>
    /// <param name="context">The call.</param>
    /// <param name="asked">The call's body.</param>
    /// <param name="answer">The answer.</param>
    public static Task Write(HttpContext context, JsonElement asked, JsonObject answer) =>
        answer["output"] is JsonArray && answer["choices"] is null
            ? Write(context, ResponseEvents.Of(answer), "")
            : Write(context, CompletionEvents.Of(answer,
                asked.Member(Options)?.Truth("include_usage") == true), Done);

    static async Task Write(HttpContext context, IEnumerable<JsonObject> events, string end)
    {
        context.Response.ContentType = ContentType;
        foreach (var one in events)
        {
            if (one["type"] is { } type)
                await context.Response.WriteAsync($"event: {type}\n", context.RequestAborted);
            await context.Response.WriteAsync($"data: {one.ToJsonString()}\n\n", context.RequestAborted);
        }
        await context.Response.WriteAsync(end, context.RequestAborted);
    }
}
