using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Jobs.Lines;

/// <summary>
/// A line of a file for OpenAI's Batch API: <c>{"custom_id", "method": "POST", "url": "/v1/responses", "body":
/// {…}}</c>. The body is sent to the provider unchanged, and the provider's answer is returned unchanged
/// (https://platform.openai.com/docs/guides/batch).
/// </summary>
static class OpenAIBatchLine
{
    /// <summary>The job of a line.</summary>
    /// <param name="json">The line.</param>
    /// <param name="url">The path for a line that names none.</param>
    /// <param name="cure">The cure for a missing path.</param>
    /// <param name="complete">Completes the body.</param>
    /// <exception cref="FailureException">It is not a valid line.</exception>
    public static JobRequest Read(JsonElement json, string? url, string cure,
        Func<JsonElement, JsonElement>? complete = null)
    {
        if (json.Text("method") is { } method && !method.Equals("POST", StringComparison.OrdinalIgnoreCase))
            throw Wrong("method", $"method is '{method}'; allowed: POST.");
        if ((json.Text("url") ?? url) is not { } called || string.IsNullOrWhiteSpace(called.Trim('/')))
            throw Wrong("url",
                $"url is missing. It is the path to call, such as /v1/chat/completions{cure}.");
        var given = Body(json);
        return Of(called, complete?.Invoke(given) ?? given);
    }

    static JsonElement Body(JsonElement json) => json.Member("body") switch
    {
        { ValueKind: JsonValueKind.Object } body => body,
        null or { ValueKind: JsonValueKind.Null } =>
            throw Wrong("body", "body is missing. It is the body of the API's request."),
        { } other => throw Wrong("body",
            $"body is {Excerpt.Marked(other.GetRawText(), 60)}; allowed: a JSON object, the API's request."),
    };

    /// <summary>The job of a call: the body is sent to the provider unchanged.</summary>
    /// <param name="url">The path to call, with or without a provider's own prefix.</param>
    /// <param name="body">The body of the API's request.</param>
    /// <exception cref="FailureException">It is not a valid call.</exception>
    public static JobRequest Of(string url, JsonElement body)
    {
        if (body.Truth("stream") == true)
            throw Wrong("body.stream", "body.stream is true, but a line has one complete answer. Leave it out.");
        var (path, query) = ProviderPath.Of(url);
        // Its answer comes later, and must be polled.
        return path == "responses" && body.Truth("background") == true && body.Text("model") is { } model
            ? new MessageModel { Model = model, Api = ModelApi.Responses, Simplify = false, Extra = Members(body) }
            : new CallApi { Method = "POST", Path = path, Query = query, Body = body };
    }

    /// <summary>The id, which files write as a text or a number. Null if there is none.</summary>
    public static string? IdOf(JsonElement json) => json.Member("custom_id") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    static Dictionary<string, JsonElement> Members(JsonElement body)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var member in body.EnumerateObject())
            members[member.Name] = member.Value;
        return members;
    }

    static FailureException Wrong(string member, string message) => new(Failure.Invalid(member, message));
}
