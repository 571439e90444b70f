using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Operations.Text.Responses;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Conversations;

/// <summary><c>POST /conversations</c></summary>
sealed class CreateConversationOperation(OpenAIClients openAI, ClaimChecks payloads)
    : IOperation<CreateConversation, ConversationCreated>
{
    const int MostItems = 20;

    public async Task<ConversationCreated> Run(CreateConversation request, CancellationToken cancellation)
    {
        Check(request);

        var items = Items(await payloads.Inlined(request.Messages, cancellation));
        var answer = await openAI.Of(request)
            .Send("POST", "conversations", Body(request, items).ToContent(), cancellation);

        return new() { Conversation = ProviderConversations.Read(answer), RequestId = answer.RequestId };
    }

    static void Check(CreateConversation request)
    {
        MessageChecks.Each(request.Messages, throughResponses: true);
    }

    // A message that calls functions becomes several items.
    static List<JsonBody>? Items(IReadOnlyList<ModelMessage>? messages)
    {
        var items = messages?.SelectMany(ResponsesInput.Of).ToList();
        Never("messages", items?.Count > MostItems,
            $"make {items?.Count} items, because each of their toolCalls counts as one; allowed: up to {MostItems}.");
        return items;
    }

    static JsonBody Body(CreateConversation request, IReadOnlyList<JsonBody>? items) => new(request)
    {
        { "items", items },
        { "metadata", request.StoreMetadata },
    };
}
