using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text.Messages;

/// <summary>
/// Sends instructions as the first message, for models whose prompt cache does not keep them otherwise.
/// </summary>
sealed class LeadingInstructions(IOptions<OpenAIOptions> options)
{
    /// <summary>
    /// A job that continues a conversation sends its instructions beside the input: as a message they would stay in the
    /// conversation.
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
