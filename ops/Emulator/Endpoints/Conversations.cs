using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

sealed class Conversations(ConversationStore store, TimeProvider time)
{
    static readonly JsonElement NoPairs = JsonElement.Parse("{}");

    public ApiEndpoint[] Endpoints =>
    [
        new("POST", "/v1/conversations") { Request = ConversationRequest.Create, Prompt = _ => Prompt.Nothing,
            Answer = Create },
        new("GET", "/v1/conversations/{id}") { Answer = call => Of(call, Show) },
        new("GET", "/v1/conversations/{id}/items") { Query = ConversationRequest.Items,
            Answer = call => Of(call, found => List(call, found)) },
        new("POST", "/v1/conversations/{id}") { Request = ConversationRequest.Update, Prompt = _ => Prompt.Nothing,
            Answer = call => Of(call, found => Update(call, found)) },
        new("DELETE", "/v1/conversations/{id}") { Answer = call => Of(call, Delete) },
    ];

    Answer Create(ApiCall call)
    {
        var conversation = new KeptConversation(NewId.Of("conv_"), call.ReceivedAt,
            call.Body.Member("metadata") ?? NoPairs);
        conversation.Items.Add(ConversationItems.Of(call.Body.Member("items")), call.ReceivedAt);
        return Keep(conversation);
    }

    Answer List(ApiCall call, KeptConversation found) =>
        ListAnswer.Page(call, found.Items.Read(time.GetUtcNow()), ListRequest.UsualLimit);

    Answer Update(ApiCall call, KeptConversation found) =>
        Keep(found with { Metadata = call.Body.GetProperty("metadata") });

    Answer Keep(KeptConversation conversation)
    {
        store.Keep(conversation);
        return Show(conversation);
    }

    Answer Delete(KeptConversation found)
    {
        store.Delete(found);
        return Answer.Json(json => ConversationAnswer.WriteDeleted(json, found));
    }

    Answer Of(ApiCall call, Func<KeptConversation, Answer> answer) =>
        store.Find(call.Id) is { } found ? answer(found) : NoSuchConversation(call.Id);

    public static Answer NoSuchConversation(string id) => Answer.Refusing(ApiError.NotFound("Conversation", id));

    static Answer Show(KeptConversation conversation) =>
        Answer.Json(json => ConversationAnswer.Write(json, conversation));
}
