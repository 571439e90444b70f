using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Json;
using OpenAIWorker.Web.Door;
using OpenAIWorker.Web.OpenAI.Streams;

namespace OpenAIWorker.Web.OpenAI.Calls;

/// <summary>Writes a job's ending as the answer to its call, with the provider's own words.</summary>
static class CallAnswer
{
    const string OfBody = "body.";

    /// <param name="context">The call.</param>
    /// <param name="asked">The call's body.</param>
    /// <param name="ended">The call's job.</param>
    public static async Task Write(HttpContext context, JsonElement asked, EndedJob ended)
    {
        var ending = JsonElement.Parse(ended.Ending);
        var reply = ProviderReply.Of(ending, ended.IsCompleted);
        var response = context.Response;
        if (reply?.RequestId is { Length: > 0 } id && id.All(char.IsAscii) && !id.Any(char.IsControl))
            response.Headers[ApiError.RequestId] = id;
        // The worker has already retried as often as it helps; another call would be another job.
        if (!ended.IsCompleted)
            response.Headers[ApiError.ShouldRetry] = "false";
        response.StatusCode = reply?.StatusCode ?? StatusOf(ending.Text("code"));
        response.ContentType = ApiJson.ContentType;
        if (ended.IsCompleted && asked.Truth("stream") == true
            && reply?.Body is { ValueKind: JsonValueKind.Object } whole)
            await EventStream.Write(context, asked, whole.ToObject());
        else if (reply?.Body is { } body
            && (ended.IsCompleted || body.Member("error") is { ValueKind: JsonValueKind.Object }))
            await response.Body.WriteAsync(JsonMarshal.GetRawUtf8Value(body).ToArray(), context.RequestAborted);
        else
            await response.WriteAsync(ErrorOf(ending, response.StatusCode).ToJsonString(), context.RequestAborted);
    }

    static JsonObject ErrorOf(JsonElement ending, int status)
    {
        var member = ending.Text("member");
        return ApiError.Of(ending.Text("message"), ApiError.TypeOf(status),
            member?.StartsWith(OfBody, StringComparison.Ordinal) == true ? member[OfBody.Length..] : member,
            ending.Text("code"));
    }

    // For calls that the provider did not answer.
    static int StatusOf(string? code) => code switch
    {
        FailureCodes.InvalidRequest or FailureCodes.Unreadable or FailureCodes.UnknownCredential
            or FailureCodes.ContextLengthExceeded or FailureCodes.ContentPolicy or FailureCodes.OutputNotJson
            or FailureCodes.RequestTooLarge => StatusCodes.Status400BadRequest,
        FailureCodes.CredentialNotAllowed or FailureCodes.Forbidden => StatusCodes.Status403Forbidden,
        FailureCodes.ModelNotFound or FailureCodes.NotFound => StatusCodes.Status404NotFound,
        FailureCodes.Conflict or FailureCodes.JobIdConflict or FailureCodes.Cancelled => StatusCodes.Status409Conflict,
        FailureCodes.RateLimited or FailureCodes.QuotaExhausted => StatusCodes.Status429TooManyRequests,
        FailureCodes.Timeout or FailureCodes.DeadlineExceeded or FailureCodes.WaitedTooLong =>
            StatusCodes.Status504GatewayTimeout,
        FailureCodes.StoreUnavailable or FailureCodes.Overloaded => StatusCodes.Status503ServiceUnavailable,
        FailureCodes.Unreachable or FailureCodes.BrokenAnswer or FailureCodes.ProviderError
            or FailureCodes.ResultTooLarge => StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status500InternalServerError,
    };
}
