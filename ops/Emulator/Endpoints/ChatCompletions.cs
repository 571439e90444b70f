using OpenAIWorker.Emulator.Answers;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary><c>/chat/completions</c></summary>
static class ChatCompletions
{
    public static readonly IReadOnlyList<Endpoint> Endpoints =
    [
        new("POST", "/chat/completions", ChatSchema.Request, (call, _) => Reply.Json(ChatAnswer.To(call))),
    ];
}
