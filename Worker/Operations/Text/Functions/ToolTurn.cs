using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Operations.Text.Responses;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Functions;

/// <summary>The turn with the answers of the model's functions.</summary>
static class ToolTurn
{
    /// <summary>The request of the job's next step.</summary>
    public static MessageModel Of(MessageModel request, JobState state, bool throughResponses)
    {
        if (state.Calls is null)
            return request;
        var isKept = IsKept(request, throughResponses);
        return request with
        {
            Messages = isKept
                ? [.. Answers(state)]
                : [.. request.Messages ?? [], .. state.Said ?? [], .. Answers(state)],
            PreviousResponseId = isKept && !HasConversation(request)
                ? state.PreviousResponseId
                : request.PreviousResponseId,
            // The required call was made; requiring it again would never end.
            ToolChoice = request.ToolChoice is "none" ? "none" : null,
            Extra = Remaining(request, isKept),
        };
    }

    /// <summary>The state to keep from an answer that calls functions.</summary>
    public static JobState Remember(JobState asked, JobState before, MessageModel request, ProviderResponse answer,
        bool throughResponses) => IsKept(request, throughResponses)
        ? asked with { PreviousResponseId = answer.Body.Id() }
        : asked with
        {
            Said = [.. before.Said ?? [], .. Answers(before),
                new() { Role = "assistant", Text = Words(answer, throughResponses), ToolCalls = CallsOf(asked) }],
            Items = [.. before.Items ?? [],
                throughResponses ? SealedReasoning.Of(answer) : [ChatTurn.Of(MessageOf(answer), CallsOf(asked))]],
        };

    /// <summary>Items that are sent unchanged in place of the turn's messages.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<JsonElement>>? Items(MessageModel turn, JobState state) =>
        state.Items is null || state.Calls is null ? null : SealedReasoning.Places(turn.Messages!, state.Items);

    static List<ToolCall> CallsOf(JobState asked) => [.. asked.Calls!.Select(call => call.Call)];

    static JsonElement MessageOf(ProviderResponse answer) =>
        ChatContent.MessageOf(ChatContent.ChoicesOf(answer.Body).First());

    static string? Words(ProviderResponse answer, bool throughResponses) =>
        (throughResponses
            ? ResponsesOutput.Of(answer.Body).Text
            : ChatContent.Of(ChatContent.ChoicesOf(answer.Body).First()).Text) is { Length: > 0 } words ? words : null;

    static IEnumerable<ModelMessage> Answers(JobState state) =>
        (state.Calls ?? []).Select(call =>
            new ModelMessage { Role = "tool", ToolCallId = call.Call.Id, Text = call.Answer });

    /// <summary>Whether the provider stores earlier messages, so that only new ones are sent.</summary>
    public static bool IsKept(MessageModel request, bool throughResponses) =>
        throughResponses && (HasConversation(request) || request.Store != false && !IsFalse(request, "store"));

    static bool HasConversation(MessageModel request) =>
        request.ConversationId is not null || request.HasExtra("conversation");

    static bool IsFalse(MessageModel request, string parameter) =>
        request.Extra?.GetValueOrDefault(parameter).ValueKind == JsonValueKind.False;

    // Without the members that apply only to the first turn.
    static Dictionary<string, JsonElement>? Remaining(MessageModel request, bool isKept) => request.Extra?
        .Where(member => member.Key switch
        {
            "tool_choice" => member.Value.ValueKind == JsonValueKind.String && member.Value.ValueEquals("none"),
            "previous_response_id" => !isKept,
            _ => true,
        })
        .ToDictionary();
}
