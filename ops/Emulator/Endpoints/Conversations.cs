using System.Collections.Concurrent;
using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

sealed class Conversations
{
    static readonly JsonElement NoPairs = JsonElement.Parse("{}");

    readonly ConcurrentDictionary<string, KeptConversation> kept = new();

    public ApiEndpoint[] Endpoints =>
    [
        new("POST", "/v1/conversations") { Request = ConversationRequest.Create, Prompt = _ => Prompt.Nothing, Answer = Create },
        new("GET", "/v1/conversations/{id}") { Answer = call => Of(call, Show) },
        new("POST", "/v1/conversations/{id}") { Request = ConversationRequest.Update, Prompt = _ => Prompt.Nothing, Answer = call => Of(call, found => Update(call, found)) },
        new("DELETE", "/v1/conversations/{id}") { Answer = call => Of(call, Delete) },
    ];

    Answer Create(ApiCall call) => Keep(new(NewId.Of("conv_"), call.ReceivedAt, call.Body.Member("metadata") ?? NoPairs));

    Answer Update(ApiCall call, KeptConversation found) => Keep(found with { Metadata = call.Body.GetProperty("metadata") });

    Answer Keep(KeptConversation conversation)
    {
        kept[conversation.Id] = conversation;
        return Show(conversation);
    }

    Answer Delete(KeptConversation found)
    {
        kept.TryRemove(found.Id, out _);
        return Answer.Json(json => ConversationAnswer.WriteDeleted(json, found));
    }

    Answer Of(ApiCall call, Func<KeptConversation, Answer> answer) =>
        kept.TryGetValue(call.Id, out var found) ? answer(found) : Answer.Refusing(ApiError.NotFound("Conversation", call.Id));

    static Answer Show(KeptConversation conversation) => Answer.Json(json => ConversationAnswer.Write(json, conversation));
}

/// <summary>A conversation that was created and not deleted.</summary>
sealed record KeptConversation(string Id, DateTimeOffset CreatedAt, JsonElement Metadata);
