using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text;

/// <summary>An answer of <c>/chat/completions</c> as a result.</summary>
static class ChatAnswer
{
    public static ModelMessaged Read(Answer answer, MessageModel request)
    {
        var body = answer.Body;
        var common = new ModelMessaged
        {
            Model = body.Text("model"),
            ServiceTier = body.Text("service_tier"),
            RequestId = answer.RequestId,
            Usage = body.Usage(),
            ResponseId = body.Text("id"),
        };
        return request.Simplify ?? true ? Simplified(common, answer, request) : common with { Raw = body };
    }

    static ModelMessaged Simplified(ModelMessaged common, Answer answer, MessageModel request)
    {
        var choices = answer.Body.Items("choices").ToList();
        if (choices.Count == 0)
            throw answer.Broken("no choices");
        var completions = choices.Select(choice => Completion(choice, answer, request)).ToList();
        var first = completions[0];
        return common with
        {
            Text = first.Text,
            Json = first.Json,
            FinishReason = first.FinishReason,
            Refusal = first.Refusal,
            ToolCalls = first.ToolCalls,
            Annotations = choices[0].Member("message")?.Items("annotations").ToList() is { Count: > 0 } annotations ? annotations : null,
            Logprobs = choices[0].Member("logprobs")?.Member("content"),
            Completions = completions.Count > 1 ? completions : null,
        };
    }

    static Completion Completion(JsonElement choice, Answer answer, MessageModel request)
    {
        var message = choice.Member("message") ?? default;
        var (text, refusal, finish) = (message.Text("content"), message.Text("refusal"), choice.Text("finish_reason"));
        var calls = Calls(message);
        return new()
        {
            Index = (int)(choice.Number("index") ?? 0),
            Text = text,
            Json = OutputReading.Json(request, text, finish, refusal, answer),
            FinishReason = finish,
            Refusal = refusal,
            ToolCalls = calls.Count > 0 ? calls : null,
        };
    }

    /// <summary>The functions that a message of the model's asks for.</summary>
    public static List<ToolCall> Calls(JsonElement message) => [.. message.Items("tool_calls").Select(Call)];

    public static ToolCall Call(JsonElement call)
    {
        var function = call.Member("function") ?? default;
        return new() { Id = call.Text("id") ?? "", Name = function.Text("name") ?? "", Arguments = function.Text("arguments") ?? "{}" };
    }
}
