using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>Errors inside answers whose status says success: gateways send 200 before they know.</summary>
static partial class InnerError
{
    /// <summary>The error; null if the answer is none.</summary>
    public static UpstreamError? Of(JsonElement body) => IsOne(body) ? ErrorReading.Of(body) : null;

    /// <summary>Whether an answer, or a part of one, has an error beside its content.</summary>
    public static bool IsIn(JsonElement part) => part.Member("error") is { } error && SaysSomething(error);

    /// <summary>The status of an error, by its own number or name; null if it has none.</summary>
    public static int? StatusOf(UpstreamError error) => NumberOf(error) ?? error.StatusBehind() ?? error.Name() switch
    {
        "server_is_overloaded" or "overloaded_error" or "engine_overloaded_error" or "UNAVAILABLE"
            or "service_unavailable_error" => 503,
        "authentication_error" or "UNAUTHENTICATED" or "invalid_authentication_error" => 401,
        "permission_error" or "PERMISSION_DENIED" => 403,
        "not_found_error" or "NOT_FOUND" => 404,
        "server_error" or "api_error" or "model_error" or "INTERNAL" or "InternalServerError" => 500,
        "vector_store_timeout" or "DEADLINE_EXCEEDED" or "timeout" => 504,
        _ => error.Meaning() switch
        {
            ErrorMeaning.RateLimit => 429,
            ErrorMeaning.Overload => 503,
            ErrorMeaning.Key => 401,
            ErrorMeaning.Model => 404,
            ErrorMeaning.ContextLength or ErrorMeaning.ContentPolicy => 400,
            ErrorMeaning.Quota => CredentialBlames.IsQuota(error) ? 429 : 402,
            _ => OfWords(error),
        },
    };

    static int? OfWords(UpstreamError error) => error.Name() switch
    {
        _ when error.IsKey() => 401,
        _ when error.SaysQuota() => 402,
        _ when error.IsContextLength() || error.IsContentPolicy() => 400,
        _ when error.IsModel(400) => 404,
        "invalid_request_error" or "INVALID_ARGUMENT" or "FAILED_PRECONDITION" or "BadRequestError"
            or "invalid_value" => 400,
        _ when error.SaysRateLimit() => 429,
        _ => null,
    };

    static int? NumberOf(UpstreamError error) =>
        (error.Code ?? error.Body?.Member("error")?.Number("status")?.ToString(
            CultureInfo.InvariantCulture)) is { } code
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        && status is >= 300 and <= 599
            ? status
            : null;

    static bool IsOne(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Array)
            return body.GetArrayLength() > 0 && body[0].Member("error") is { } listed && SaysSomething(listed);
        if (IsIn(body))
            return !HasContent(body) && !IsThing(body);
        // Nearly every answer states its type.
        return body.Text("object") is { Length: > 0 } what
            ? what == "error"
            : body.ValueKind == JsonValueKind.Object && IsBare(body);
    }

    // {"code": 500, "message": "…"} and similar ones, with no other members.
    static bool IsBare(JsonElement body) =>
        body.Member("base_resp")?.Number("status_code") is not (null or 0) && !HasContent(body)
        || body.Truth("success") == false && body.Member("errors") is not null
        || body.Member("error_code") is not null && body.Member("error_msg") is not null
        || (body.Text("message") ?? body.Text("msg")) is not null && IsErrorCode(body.Member("code"))
        && body.EnumerateObject().All(IsOfAnError);

    // {"code": 0, "message": "success", "data": {…}} is not an error.
    static bool IsErrorCode(JsonElement? code) => code switch
    {
        { ValueKind: JsonValueKind.Number } number => number.TryGetInt32(out var status) && status is >= 400 and <= 599,
        { ValueKind: JsonValueKind.String } name => ErrorName().IsMatch(name.GetString()!),
        _ => false,
    };

    static bool IsOfAnError(JsonProperty member) => member.Value.ValueKind == JsonValueKind.Null
        || member.Name is "code" or "message" or "msg" or "type" or "param" or "status" or "success" or "request_id"
        or "requestId" or "details";

    static bool SaysSomething(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.Object =>
            error.EnumerateObject().Any(member =>
                member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)),
        JsonValueKind.Array => error.GetArrayLength() > 0,
        JsonValueKind.String => error.GetString() is { Length: > 0 },
        JsonValueKind.True => true,
        _ => false,
    };

    static bool HasContent(JsonElement body) =>
        body.Text("text") is not null || body.Items("choices").Any() || body.Items("output").Any()
        || body.Items("data").Any() || body.Items("results").Any();

    // A job, a run or a response reports its own result with its error; the answer itself is valid.
    static bool IsThing(JsonElement body) => body.Text("object") is not { } what
        ? body.Text("id") is not null && body.Text("status") is { } status
        && !status.Equals("error", StringComparison.OrdinalIgnoreCase)
        : (what == "response" || body.Text("id") is not null
            && what is not ("" or "error" or "list" or "chat.completion" or "text_completion" or "embedding"));

    // A word from a program or a form is not an error's code.
    [
        GeneratedRegex(
            "^(?!2..$)[1-9][0-9]{2,5}$|^(?=.*(error|invalid|exception|fail|denied|forbid|unauth|missing|exceed|limit|"
                + "quota|throttl|overload|unavailab|time.?out|arrear"
        + "|block|balance|bad.?request|unsupported|illegal|refus|reject|expired|disabled|too.?many|no.?such|conflict|"
        + "inspection|not.{0,3}(found|exist|support)))[A-Za-z][A-Za-z0-9_. -]{2,80}$",
        RegexOptions.IgnoreCase)]
    private static partial Regex ErrorName();
}
