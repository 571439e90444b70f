using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

static class ChatCompletions
{
    public static readonly ApiEndpoint[] Endpoints =
    [
        new("POST", "/v1/chat/completions")
        {
            Request = ChatRequest.Shape,
            Prompt = ChatPrompt.Read,
            Answer = Create,
        },
    ];

    static Answer Create(ApiCall call)
    {
        var replies = new Reply[call.Body.Whole("n") ?? 1];
        for (var index = 0; index < replies.Length; index++)
        {
            replies[index] = Reply.To(call.Prompt, variant: index);
        }

        return Answer.Json(json => ChatAnswer.Write(json, call, replies));
    }
}
