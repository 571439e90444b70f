using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text;

/// <summary>An answer of <c>/responses</c> as a result. Status 200 is not yet success: a response may have <c>failed</c>.</summary>
static class ResponsesAnswer
{
    public static ModelMessaged Read(Answer answer, MessageModel request)
    {
        var body = answer.Body;
        if (body.Text("status") is "failed" or "cancelled")
            throw new FailureException(FailureSwitch.OfFailedResponse(ErrorOf(body)) with { RequestId = answer.RequestId, Status = answer.Status });
        var common = new ModelMessaged
        {
            Model = body.Text("model"),
            ServiceTier = body.Text("service_tier"),
            RequestId = answer.RequestId,
            Usage = body.Usage(),
            ResponseId = body.Text("id"),
            ConversationId = body.Member("conversation")?.Text("id"),
        };
        return request.Simplify ?? true ? Simplified(common, answer, request) : common with { Raw = body };
    }

    /// <summary>The functions that the model asks for.</summary>
    public static List<ToolCall> Calls(JsonElement body) => [.. body.Items("output").Where(item => item.Text("type") == "function_call").Select(Call)];

    static ModelMessaged Simplified(ModelMessaged common, Answer answer, MessageModel request)
    {
        var items = answer.Body.Items("output").ToList();
        var parts = items.Where(item => item.Text("type") == "message").SelectMany(item => item.Items("content")).ToList();
        var texts = parts.Where(part => part.Text("type") == "output_text").ToList();
        var text = texts.Count == 0 ? null : string.Concat(texts.Select(part => part.Text("text")));
        var refusal = parts.Select(part => part.Text("refusal")).FirstOrDefault(words => words is not null);
        var calls = Calls(answer.Body);
        var finish = FinishReason(answer.Body, calls.Count > 0);
        var annotations = texts.SelectMany(part => part.Items("annotations")).ToList();
        return common with
        {
            Text = text,
            Refusal = refusal,
            FinishReason = finish,
            Json = OutputReading.Json(request, text, finish, refusal, answer),
            ToolCalls = calls.Count > 0 ? calls : null,
            ReasoningSummary = Summary(items),
            Annotations = annotations.Count > 0 ? annotations : null,
            Logprobs = texts.Select(part => part.Member("logprobs")).FirstOrDefault(logprobs => logprobs is { } list && list.GetArrayLength() > 0),
        };
    }

    static string FinishReason(JsonElement body, bool hasCalls) => body.Member("incomplete_details")?.Text("reason") switch
    {
        "max_output_tokens" => "length",
        { } other => other,
        null => hasCalls ? "tool_calls" : "stop",
    };

    static string? Summary(List<JsonElement> items)
    {
        var paragraphs = items.Where(item => item.Text("type") == "reasoning").SelectMany(item => item.Items("summary")).Select(part => part.Text("text")).ToList();
        return paragraphs.Count == 0 ? null : string.Join("\n\n", paragraphs);
    }

    static ToolCall Call(JsonElement item) =>
        new() { Id = item.Text("call_id") ?? "", Name = item.Text("name") ?? "", Arguments = item.Text("arguments") ?? "{}" };

    static UpstreamError ErrorOf(JsonElement body) => body.Member("error") is { } error
        ? new() { Code = error.Text("code"), Message = error.Text("message") }
        : new() { Message = $"The response is {body.Text("status")}." };
}
