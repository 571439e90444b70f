using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Chat;

/// <summary>Reads an answer of <c>/chat/completions</c> as a result.</summary>
static class ChatAnswer
{
    public static ModelMessaged Read(ProviderResponse answer, MessageModel request)
    {
        var body = answer.Body;
        var choices = ChatContent.ChoicesOf(body).OrderBy(IndexOf).ToList();
        if (choices.Count == 0)
            throw BlockedPrompt.Of(answer) ?? answer.Broken("no choices");
        if (choices.TrueForAll(choice => FinishReasons.IsCutOff(choice, body)))
            throw new FailureException(FailureOf(choices[0], answer));
        var common = new ModelMessaged
        {
            Model = body.Text("model"),
            ServiceTier = body.Text("service_tier"),
            RequestId = answer.RequestId,
            Usage = body.Usage(),
            ResponseId = body.Id(),
        };
        return request.Simplify ?? true ? Simplified(common, choices, answer, request) : common with { Raw = body };
    }

    /// <summary>
    /// The functions that a message of the model calls. Older servers have a single call, not a list.
    /// </summary>
    public static List<ToolCall> Calls(JsonElement message) =>
    [
        .. ChatContent.CallsOf(message).Where(ToolCalls.IsFunction).Select(ToolCalls.Of),
        .. message.Member("function_call") is { ValueKind: JsonValueKind.Object } call
        ? [ToolCalls.Of(call, 0)]
        : Array.Empty<ToolCall>(),
    ];

    static ModelMessaged Simplified(ModelMessaged common, List<JsonElement> choices, ProviderResponse answer,
        MessageModel request)
    {
        var completions = choices.Select(choice =>
            Completion(choice, answer, request, isOneOfSeveral: choices.Count > 1)).ToList();
        var first = completions[0];
        var annotations = ChatContent.Of(choices[0]).Annotations;
        var other = choices.SelectMany(choice => ChatContent.Of(choice).Other).Concat(ChatOthers.OfBody(answer.Body))
            .ToList();
        return common with
        {
            Text = first.Text,
            Json = first.Json,
            FinishReason = first.FinishReason,
            Refusal = first.Refusal,
            Reasoning = first.Reasoning,
            ToolCalls = first.ToolCalls,
            Annotations = annotations.Count > 0 ? annotations : null,
            Logprobs = Logprobs(choices[0]),
            Completions = completions.Count > 1 ? completions : null,
            OtherOutput = other.Count > 0 ? other : null,
        };
    }

    static Completion Completion(JsonElement choice, ProviderResponse answer, MessageModel request, bool isOneOfSeveral)
    {
        var (content, message) = (ChatContent.Of(choice, OutputReading.AsksForJson(request)),
            ChatContent.MessageOf(choice));
        var calls = Calls(message);
        var waits = calls.Count > 0 || WaitsForCaller(message);
        var finish = FinishReason(choice, waits);
        var mayBeNoJson = isOneOfSeveral || waits;
        return new()
        {
            Index = IndexOf(choice),
            Text = content.Text,
            Json = mayBeNoJson
                ? OutputReading.JsonIfAny(request, content.Text, content.Refusal)
                : OutputReading.Json(request, content.Text, finish, content.Refusal, answer),
            FinishReason = finish,
            Refusal = content.Refusal,
            Reasoning = content.Reasoning,
            ToolCalls = calls.Count > 0 ? calls : null,
        };
    }

    /// <summary>
    /// Whether the model waits for something other than functions, which only the caller can provide.
    /// </summary>
    public static bool WaitsForCaller(JsonElement message) =>
        ChatContent.CallsOf(message).Any(call => !ToolCalls.IsFunction(call));

    static int IndexOf(JsonElement choice) =>
        (int)(choice.Number("index") is >= 0 and < int.MaxValue and var index ? index : 0);

    // Older servers have a list of tokens and a list of numbers.
    static JsonElement? Logprobs(JsonElement choice) =>
        choice.Member("logprobs") is not { ValueKind: JsonValueKind.Object } given
        ? null
        : given.Member("content") ?? (given.Items("token_logprobs").Any() ? given : null);

    // If there are calls, the model waits for their answers, whatever reason the server states.
    static string? FinishReason(JsonElement choice, bool waits) =>
        FinishReasons.Usual(choice.Text("finish_reason")) switch
        {
            null or FinishReasons.Stop when waits => FinishReasons.ToolCalls,
            var usual => usual,
        };

    // Keeps the text so far, and the whole answer as the provider's error.
    static Failure FailureOf(JsonElement choice, ProviderResponse answer) =>
        FailureClassifier.OfInner(answer.Status, FinishReasons.ErrorOf(choice, answer.Body), null) with
        {
            RequestId = answer.RequestId,
            Text = ChatContent.Of(choice).Text,
        };
}
