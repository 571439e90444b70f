using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Operations.Text.Responses;
using OpenAIWorker.Upstream.Bodies;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Text;

/// <summary>
/// Refuses what OpenAI is known to refuse, before it costs a call. Names of models, tiers and efforts are not checked,
/// because providers differ.
/// </summary>
static class MessageModelCheck
{
    public static void Of(MessageModel request, bool throughResponses)
    {
        Needed("model", !string.IsNullOrWhiteSpace(request.Model) || request.HasExtra("model")
            || request.Prompt is not null || request.HasExtra("prompt"), "name one, such as gpt-6-luna.");
        Sampling(request, throughResponses);
        Output(request.Output);
        State(request);
        MessageChecks.Of(request, throughResponses);
        ToolChecks.Of(request, throughResponses);
        if (throughResponses)
            ForChatOnly(request);
        else
            ForResponsesOnly(request);
        Extra(request, throughResponses);
    }

    // Conflicts are reported before anything is called, fetched or created for the job.
    static void Extra(MessageModel request, bool throughResponses)
    {
        if (request.Extra is not { Count: > 0 })
            return;
        // The same limit, with the names of both APIs and of older servers.
        foreach (var name in (string[])["max_tokens", "max_completion_tokens", "max_output_tokens"])
        {
            if (request.MaxTokens is { } most && request.Extra.TryGetValue(name, out var other)
                && !(other.ValueKind == System.Text.Json.JsonValueKind.Number && other.TryGetInt32(out var same)
                    && same == most))
                throw ExtraMembers.Conflict(request, name, FormattableString.Invariant($"{most}"), other.GetRawText());
        }
        _ = (throughResponses ? ResponsesBody.Of(request) : ChatBody.Of(request)).ToJson();
    }

    static void Sampling(MessageModel request, bool throughResponses)
    {
        AtLeast("maxTokens", request.MaxTokens, throughResponses ? 16 : 1);
        Never("logprobs", request is { Logprobs: false, TopLogprobs: > 0 },
            "is false, but topLogprobs asks for them. Set logprobs to true, or leave out topLogprobs.");
    }

    public static void Output(OutputFormat? output)
    {
        if (output is null)
            return;
        Needed("output.schema", output.Type != OutputType.JsonSchema || output.Schema is not null,
            "the type jsonSchema requires it.");
        Never("output.schema", output.Type != OutputType.JsonSchema && output.Schema is not null,
            "is only for the type jsonSchema.");
    }

    static void State(MessageModel request)
    {
        Never("conversationId", request is { ConversationId: not null, PreviousResponseId: not null },
            "cannot be combined with previousResponseId. Give one or the other.");
        Never("store", request is { Background: true, Store: false },
            "is false, but background needs a stored answer. Leave out one of them.");
    }

    static void ForChatOnly(MessageModel request)
    {
        const string why = "Chat Completions only. Set api to chatCompletions, or leave it out.";
        Never("completions", request.Completions > 1, why);
        Never("frequencyPenalty", request.FrequencyPenalty is not null, why);
        Never("presencePenalty", request.PresencePenalty is not null, why);
        Never("stop", request.Stop is not null, why);
        Never("seed", request.Seed is not null, why);
        foreach (var (index, message) in (request.Messages ?? []).Index())
            Never($"messages[{index}].audio", message.Audio is not null, why);
    }

    static void ForResponsesOnly(MessageModel request)
    {
        foreach (var (member, isSet) in OnlyForResponses(request))
            Never(member, isSet, "Responses only. Set api to responses, or leave it out.");
    }

    /// <summary>The options that Chat Completions do not have.</summary>
    public static IEnumerable<(string Member, bool IsSet)> OnlyForResponses(MessageModel request) =>
    [
        ("previousResponseId", request.PreviousResponseId is not null),
        ("conversationId", request.ConversationId is not null),
        ("background", request.Background == true),
        ("include", request.Include is not null),
        ("truncation", request.Truncation is not null),
        ("maxToolCalls", request.MaxToolCalls is not null),
        ("reasoningSummary", request.ReasoningSummary is not (null or "none")),
        ("reasoningMode", request.ReasoningMode is not null),
        ("reasoningContext", request.ReasoningContext is not null),
        ("prompt", request.Prompt is not null),
    ];
}
