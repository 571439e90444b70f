using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

sealed class Responses(EmulatorOptions options, ConversationStore conversations)
{
    readonly ResponseStore store = new(options.MaxStoredResponses);

    public ApiEndpoint[] Endpoints =>
    [
        new("POST", "/v1/responses")
        {
            Request = ResponsesRequest.Shape,
            Prompt = ResponsesPrompt.Read,
            Answer = Create,
        },
        new("GET", "/v1/responses/{id}") { Answer = Retrieve },
        new("POST", "/v1/responses/{id}/cancel") { Answer = Cancel },
    ];

    Answer Create(ApiCall call)
    {
        if (call.Body.Text("previous_response_id") is { } previous && store.Find(previous) is null)
        {
            return Answer.Refusing(new(400, $"Previous response with id '{previous}' not found.")
            {
                Code = "previous_response_not_found",
                Param = "previous_response_id",
            });
        }

        if (ResponsesRequest.ConversationOf(call.Body) is { } conversation && conversations.Find(conversation) is null)
        {
            return Conversations.NoSuchConversation(conversation);
        }

        var response = Draft(call);
        if (call.Body.Member("store") is not { ValueKind: JsonValueKind.False })
        {
            store.Keep(response);
        }

        return Show(response, response.IsBackground ? "queued" : response.StatusAt(response.DoneAt));
    }

    Answer Retrieve(ApiCall call) => store.Find(call.Id) is { } kept
        ? Show(kept.Response, kept.StatusAt(options.Time.GetUtcNow()))
        : Answer.Refusing(ApiError.NotFound("Response", call.Id));

    Answer Cancel(ApiCall call) => store.Find(call.Id) switch
    {
        null => Answer.Refusing(ApiError.NotFound("Response", call.Id)),
        { Response.IsBackground: false } => Answer.Refusing(new(400, "Cannot cancel a synchronous response.")),
        var kept => Show(kept.Response, kept.CancelAt(options.Time.GetUtcNow())),
    };

    DraftedResponse Draft(ApiCall call)
    {
        var time = call.Body.IsTrue("background") ? options.BackgroundTime : TimeSpan.Zero;
        return new(NewId.Of("resp_"), call.Model, call.Body, call.Prompt, Reply.To(call.Prompt), call.ReceivedAt, call.ReceivedAt + time);
    }

    static Answer Show(DraftedResponse response, string status) =>
        Answer.Json(json => ResponseAnswer.Write(json, response, status));
}
