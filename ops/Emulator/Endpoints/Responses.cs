using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

sealed class Responses(EmulatorOptions options, ConversationStore conversations, Citations citations)
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
        if (call.Body.Text("previous_response_id") is { } previous && Refusal(previous, call.Body) is { } mismatch)
        {
            return Answer.Refusing(mismatch);
        }

        var named = ResponsesRequest.ConversationOf(call.Body);
        var conversation = named is null ? null : conversations.Find(named);
        if (named is not null && conversation is null)
        {
            return Conversations.NoSuchConversation(named);
        }

        var response = Draft(call);
        if (conversation is not null && Refusal(conversation.Items, response, call) is { } refusal)
        {
            return Answer.Refusing(refusal);
        }

        conversation?.Items.Add([.. ConversationItems.Of(call.Body.Member("input")), .. ResponseOutput.Items(response)],
            response.DoneAt);
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

    ApiError? Refusal(string previous, JsonElement body)
    {
        if (store.Find(previous) is not { } before)
        {
            return new(400,
                $"Previous response with id '{previous}' not found.")
            {
                Code = "previous_response_not_found",
                Param = "previous_response_id"
            };
        }

        var answered = body.Items("input").Where(item => item.Is("type", "function_call_output"))
            .Select(item => item.Text("call_id"));
        return before.Response.Reply.Calls.Select(call => call.CallId).Except(answered).FirstOrDefault() is { } open
            ? new(400, $"No tool output found for function call {open}.") { Param = "input" }
            : null;
    }

    ApiError? Refusal(ConversationItems items, DraftedResponse response, ApiCall call)
    {
        var now = options.Time.GetUtcNow();
        if (items.OpenCall(now, call.Body) is { } open)
        {
            return new(400, $"No tool output found for function call {open}.") { Param = "input" };
        }

        return items.TryLock(now, response.DoneAt)
            ? null
            : new(400,
                "Another process is currently operating on this conversation. Please retry in a few seconds.")
            {
                Code =
                    "conversation_locked"
            };
    }

    DraftedResponse Draft(ApiCall call)
    {
        var time = call.Body.IsTrue("background") ? options.BackgroundTime : call.Delay;
        return new(NewId.Of("resp_"), call.Model, call.Body, call.Prompt, Reply.To(call.Prompt), call.ReceivedAt,
            call.ReceivedAt + time)
        {
            Annotations = citations.Of(call),
        };
    }

    static Answer Show(DraftedResponse response, string status) =>
        Answer.Json(json => ResponseAnswer.Write(json, response, status));
}
