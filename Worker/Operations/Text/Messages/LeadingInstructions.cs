using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text.Messages;

/// <summary>Instructions as the first message, where a model's prompt cache keeps them only there.</summary>
sealed class LeadingInstructions(IOptions<OpenAIOptions> options)
{
    /// <summary>
    /// What goes on from a conversation keeps its instructions beside the input: as a message they would stay in it.
    /// </summary>
    public MessageModel In(MessageModel request) =>
        request is
        {
            Instructions: { } instructions, Messages: { } messages, Model: { } model, ConversationId: null,
            PreviousResponseId: null
        }
        && !request.HasExtra("conversation") && !request.HasExtra("previous_response_id")
            && NameList.Has(options.Value.InstructionsAsMessage, model)
            ? request with
            {
                Instructions = null,
                Messages = [new() { Role = "developer", Text = instructions }, .. messages]
            }
            : request;
}
