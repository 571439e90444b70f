using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>An answer of <c>/responses</c> as a result. Status 200 is not yet success: a response may have <c>failed</c>.</summary>
static class ResponsesAnswer
{
    public static ModelMessaged Read(Answer answer, MessageModel request)
    {
        var body = answer.Body;
        var isCut = body.Member("error") is { ValueKind: JsonValueKind.Object } && !body.Items("output").Any();
        if (body.Text("status") is "failed" or "cancelled" || isCut)
            throw new FailureException(FailureClassifier.OfFailedResponse(ErrorOf(body)) with { RequestId = answer.RequestId, Status = answer.Status });
        if (body.Member("output") is not { ValueKind: JsonValueKind.Array } && ResponsesOutput.ItemsOf(body).Count == 0)
            throw answer.Broken("a response that has no output");
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
    public static List<ToolCall> Calls(JsonElement body) =>
        [.. body.Items("output").Where(item => item.Text("type") == "function_call").Select((item, index) => ToolCalls.Of(IdOf(item), index, item))];

    // Some servers give the item's id alone.
    static string? IdOf(JsonElement call) => call.Text("call_id") is { Length: > 0 } id ? id : call.Text("id");

    /// <summary>Whether the model waits for something but functions, which only the caller can give.</summary>
    public static bool WaitsForCaller(JsonElement body) => ResponsesOutput.Of(body).WaitsForCaller;

    static ModelMessaged Simplified(ModelMessaged common, Answer answer, MessageModel request)
    {
        var output = ResponsesOutput.Of(answer.Body, OutputReading.AsksForJson(request));
        var calls = Calls(answer.Body);
        var waits = output.WaitsForCaller || calls.Count > 0;
        var finish = FinishReason(answer.Body, waits);
        return common with
        {
            Text = output.Text,
            Refusal = output.Refusal,
            FinishReason = finish,
            Json = waits
                ? OutputReading.JsonIfAny(request, output.Text, output.Refusal)
                : OutputReading.Json(request, output.Text, finish, output.Refusal, answer),
            ToolCalls = calls.Count > 0 ? calls : null,
            McpApprovals = output.Approvals.Count > 0 ? output.Approvals : null,
            Reasoning = output.Reasoning,
            ReasoningSummary = output.ReasoningSummary,
            Annotations = output.Annotations.Count > 0 ? output.Annotations : null,
            Logprobs = output.Logprobs,
            OtherOutput = output.Other.Count > 0 ? output.Other : null,
        };
    }

    static string FinishReason(JsonElement body, bool hasCalls) => body.Member("incomplete_details")?.Text("reason") switch
    {
        "max_output_tokens" => "length",
        { } other => other,
        null => hasCalls ? "tool_calls" : "stop",
    };

    static UpstreamError ErrorOf(JsonElement body)
    {
        var error = body.Member("error") is { ValueKind: JsonValueKind.Object } told
            ? ErrorReading.Of(told)
            : new() { Message = $"The response is {body.Text("status")}." };
        return error with { Body = ErrorReading.Kept(body) };
    }
}
