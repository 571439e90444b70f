using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Tools;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>
/// If the provider stores nothing (<c>store: false</c>), the model's reasoning travels with the job from one round of
/// functions to the next: it arrives encrypted and is sent back unchanged. Without it the model would reason again, at
/// a cost.
/// </summary>
static class SealedReasoning
{
    const string Included = "reasoning.encrypted_content";

    // These models cannot encrypt reasoning, and OpenAI refuses the request.
    static readonly string[] WithoutThoughts = ["gpt-3", "gpt-4", "chatgpt-", "gpt-5-chat"];

    /// <summary>
    /// The request, which asks for encrypted reasoning if the worker may have to send it back. Chat Completions have
    /// none.
    /// </summary>
    public static MessageModel Asked(MessageModel request, Toolbox tools) =>
        ToolTurn.IsKept(request, throughResponses: true) || request.HasExtra("include") || !Thinks(request.Model)
            || !tools.AnswersSome(request)
            ? request
            : request with { Include = [.. (request.Include ?? []).Union([Included])] };

    /// <summary>
    /// The items of an answer that are sent back to the model: all except reasoning that the provider could not read
    /// again.
    /// </summary>
    public static IReadOnlyList<JsonElement> Of(ProviderResponse answer)
    {
        var calls = new Queue<ToolCall>(ResponsesAnswer.Calls(answer.Body));
        return [.. answer.Body.Items("output").Where(CanBeRead)
            .Select(item => item.Text("type") == "function_call" ? Sent(item, calls.Dequeue()) : item)];
    }

    /// <summary>
    /// The items for each message that they replace: only the last messages, if earlier ones are not kept.
    /// </summary>
    public static Dictionary<int, IReadOnlyList<JsonElement>> Places(IReadOnlyList<ModelMessage> messages,
        IReadOnlyList<IReadOnlyList<JsonElement>> items)
    {
        var answers = messages.Index().Where(message => message.Item.Role == "assistant")
            .Select(message => message.Index).ToList();
        return items.Reverse().Zip(Enumerable.Reverse(answers)).ToDictionary(pair => pair.Second, pair => pair.First);
    }

    static bool Thinks(string? model) =>
        model is not null && !Array.Exists(WithoutThoughts,
            name => model.Split(':', '/') is var parts
                && Array.Exists(parts, part => part.StartsWith(name, StringComparison.Ordinal)));

    static bool CanBeRead(JsonElement item) =>
        item.Text("type") != "reasoning" || item.Text("encrypted_content") is not null || item.Items("content").Any();

    // The worker answers a call with its own id if the server gave none.
    static JsonElement Sent(JsonElement item, ToolCall call) =>
        item.Text("call_id") == call.Id && item.Text("arguments") == call.Arguments
            ? item
            : ResponsesInput.Of(call).ToJson();
}
