using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Sends a message to an assistant, and returns its answer.</summary>
sealed class MessageAssistantOperation(IAssistants assistants, IAssistantMessages messages)
    : IOperation<MessageAssistant, AssistantMessaged>
{
    const int LongestKept = 32 * 1024;

    public Task<AssistantMessaged> Run(MessageAssistant request, CancellationToken cancellation) =>
        Resume(request, new(), cancellation);

    public async Task<AssistantMessaged> Resume(MessageAssistant request, JobState state,
        CancellationToken cancellation)
    {
        Check(request);

        // Read once per turn: a change in the middle would give its rounds of functions different instructions.
        var assistant = state.Assistant is { } begun
            ? new ProviderResponse(begun, null, 0)
            : await assistants.Find(request, request.AssistantId, request.AssistantName, cancellation);
        return await messages.Message(request, assistant, state.Rounds > 0 || state.Answered is not null
            ? state
            : state with { Assistant = Kept(assistant) }, cancellation);
    }

    // A message carries it from round to round. A longer assistant is read again in each round.
    static JsonElement? Kept(ProviderResponse assistant) =>
        assistant.Body.GetRawText().Length <= LongestKept ? assistant.Body : null;

    public Task Abandon(MessageAssistant request, JobState state, CancellationToken cancellation) =>
        messages.Abandon(request, state, cancellation);

    static void Check(MessageAssistant request)
    {
        AssistantCheck.Named(request.AssistantId, request.AssistantName);
        NoNul("threadId", request.ThreadId);
        Needed("prompt", !string.IsNullOrWhiteSpace(request.Prompt) || request.ToolOutputs is { Count: > 0 }
            || request.Approvals is { Count: > 0 },
            "give a prompt for the assistant, or toolOutputs or approvals.");
        Never("approvals", request is { Approvals.Count: > 0, ThreadId: null },
            "they answer the questions of a thread: give threadId.");
        Never("images", request is { Prompt: null, Images.Count: > 0 }, "go along with a prompt.");
        Never("files", request is { Prompt: null, Files.Count: > 0 }, "go along with a prompt.");
        Never("toolOutputs", request is { ToolOutputs.Count: > 0, ThreadId: null },
            "they answer the calls of a thread: give threadId.");
        ImageParts.Check("images", request.Images, throughResponses: true);
        MessageChecks.Files("files", request.Files, throughResponses: true);
        ToolChecks.Each(request.Tools, throughResponses: true);
    }
}
