using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>
/// Reads an answer of <c>/responses</c> as a result. Status 200 is not yet success: a response may have <c>failed</c>.
/// </summary>
static class ResponsesAnswer
{
    const string CallType = "function_call";

    static readonly byte[] CallSign = Encoding.UTF8.GetBytes(CallType);

    public static ModelMessaged Read(ProviderResponse answer, MessageModel request)
    {
        var body = answer.Body;
        var isCut = body.Member("error") is { ValueKind: JsonValueKind.Object } && !body.Items("output").Any();
        // The text so far is kept.
        if (ResponseStatus.IsFailure(body) || isCut)
            throw new FailureException(FailureClassifier.OfFailedResponse(ErrorOf(body)) with
            {
                RequestId = answer.RequestId,
                Status = answer.Status,
                Text = ResponsesOutput.Of(body).Text,
            });
        if (body.Member("output") is not { ValueKind: JsonValueKind.Array } && ResponsesOutput.ItemsOf(body).Count == 0)
            throw answer.Broken("a response that has no output");
        var common = new ModelMessaged
        {
            Model = body.Text("model"),
            ServiceTier = body.Text("service_tier"),
            RequestId = answer.RequestId,
            Usage = body.Usage(),
            ResponseId = body.Id(),
            ConversationId = body.Member("conversation")?.Id(),
        };
        return request.Simplify ?? true ? Simplified(common, answer, request) : common with { Raw = body };
    }

    /// <summary>The functions that the model calls.</summary>
    public static List<ToolCall> Calls(JsonElement body) => body.Holds(CallSign)
        ? [.. ResponsesOutput.ItemsOf(body).Where(item => item.Text("type") == CallType).Select(ToolCalls.Of)]
        : [];

    /// <summary>
    /// Whether the model waits for something other than functions, which only the caller can provide.
    /// </summary>
    public static bool WaitsForCaller(JsonElement body) => ResponsesOutput.Of(body).WaitsForCaller;

    static ModelMessaged Simplified(ModelMessaged common, ProviderResponse answer, MessageModel request)
    {
        var output = ResponsesOutput.Of(answer.Body, OutputReading.AsksForJson(request));
        var calls = Calls(answer.Body);
        var others = output.Other.Concat(ChatOthers.OfResponse(answer.Body)).ToList();
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
            OtherOutput = others.Count > 0 ? others : null,
        };
    }

    // A response that is incomplete without a reason is not reported as complete.
    static string FinishReason(JsonElement body, bool hasCalls) =>
        FinishReasons.Usual(body.Member("incomplete_details")?.Text("reason") ?? body.Text("incomplete_details"))
        ?? (ResponseStatus.Is(body, "incomplete")
            ? "incomplete"
            : hasCalls
            ? FinishReasons.ToolCalls
            : FinishReasons.Stop);

    static UpstreamError ErrorOf(JsonElement body)
    {
        var error = body.Member("error") is { ValueKind: JsonValueKind.Object } told
            ? ErrorReading.Of(told)
            : new() { Message = $"The response is {body.Text("status")}." };
        return error with { Body = ErrorReading.Kept(body) };
    }
}
