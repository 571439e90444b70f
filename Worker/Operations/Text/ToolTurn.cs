using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text;

/// <summary>The turn in which the model hears what its functions answered.</summary>
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
            Messages = isKept ? [.. Answers(state)] : [.. request.Messages ?? [], .. state.Said ?? [], .. Answers(state)],
            PreviousResponseId = isKept && request.ConversationId is null ? state.PreviousResponseId : request.PreviousResponseId,
            // What had to be called has been; to demand it again would never end.
            ToolChoice = request.ToolChoice is "none" ? "none" : null,
        };
    }

    /// <summary>What has to be remembered of an answer that asks for functions.</summary>
    public static JobState Remember(JobState asked, JobState before, MessageModel request, Answer answer, bool throughResponses) => IsKept(request, throughResponses)
        ? asked with { PreviousResponseId = answer.Body.Text("id") }
        : asked with { Said = [.. before.Said ?? [], .. Answers(before), new() { Role = "assistant", ToolCalls = [.. asked.Calls!.Select(call => call.Call)] }] };

    static IEnumerable<ModelMessage> Answers(JobState state) =>
        (state.Calls ?? []).Select(call => new ModelMessage { Role = "tool", ToolCallId = call.Call.Id, Text = call.Answer });

    static bool IsKept(MessageModel request, bool throughResponses) => throughResponses && (request.ConversationId is not null || request.Store != false);
}
