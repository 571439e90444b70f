using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Cli.Batch;

/// <summary>
/// A line of a file for OpenAI's Batch API: <c>{"custom_id", "method": "POST", "url": "/v1/responses", "body": {…}}</c>. The body goes to the
/// provider as it is, and the provider's answer comes back as it is (https://platform.openai.com/docs/guides/batch).
/// </summary>
static class OpenAIBatchLine
{
    const string Allowed = "/v1/responses, /v1/chat/completions, /v1/moderations";

    public static JobRequest Read(JsonElement json, string otherwise)
    {
        if (json.Text("method") is var method && method is not (null or "POST"))
            throw Wrong("method", $"method is '{method}', allowed is POST.");
        if (json.Member("body") is not { ValueKind: JsonValueKind.Object } body)
            throw Wrong("body", "body is missing. It is the object that the API takes.");
        var members = body.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        var request = json.Text("url") switch
        {
            "/v1/responses" => Message(body, ModelApi.Responses, members),
            "/v1/chat/completions" => Message(body, ModelApi.ChatCompletions, members),
            "/v1/moderations" => (JobRequest)new ClassifyText { Simplify = false, Extra = members },
            var url => throw Wrong("url", $"url is '{url}', allowed are {Allowed}."),
        };
        return request with { JobId = json.Text("custom_id") is { Length: > 0 } id ? id : otherwise };
    }

    static MessageModel Message(JsonElement body, ModelApi api, Dictionary<string, JsonElement> members) =>
        new MessageModel { Model = body.Text("model") ?? "", Api = api, Simplify = false, Extra = members };

    static FailureException Wrong(string member, string message) => new(Failure.Invalid(member, message));
}
