using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Json;

namespace OpenAIWorker.Web.OpenAI;

/// <summary>An error in OpenAI's shape: <c>{"error":{"message", "type", "param", "code"}}</c>.</summary>
static class ApiError
{
    /// <summary>The beginning of all addresses in OpenAI's shapes.</summary>
    public const string Prefix = "/v1";

    /// <summary>Tells OpenAI's own clients whether to retry; without it they decide by the status.</summary>
    public const string ShouldRetry = "x-should-retry";

    /// <summary>Names a request in logs: the provider's id if it was called.</summary>
    public const string RequestId = "x-request-id";

    const string InvalidRequest = "invalid_request_error";
    const string ServerError = "server_error";
    const string RateLimit = "rate_limit_error";

    /// <summary>Whether the request is for OpenAI's shapes.</summary>
    public static bool IsFor(HttpRequest request) => request.Path.StartsWithSegments(Prefix);

    public static Task Write(HttpContext context, WebProblem problem)
    {
        var headers = context.Response.Headers;
        headers[ShouldRetry] = problem.IsPassing ? "true" : "false";
        if (problem.JobId is { } job)
            headers[CallWords.JobHeader] = Uri.EscapeDataString(job);
        return ApiJson.Write(context, Of(problem));
    }

    static JsonObject Of(WebProblem problem) => Of(problem.Detail, TypeOf(problem.Status), problem.Member,
        problem.Status == StatusCodes.Status401Unauthorized ? "invalid_api_key" : problem.Code);

    public static JsonObject Of(string? message, string type, string? param, string? code) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code },
    };

    public static string TypeOf(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => RateLimit,
        >= StatusCodes.Status500InternalServerError => ServerError,
        _ => InvalidRequest,
    };

    /// <summary>An error that the sender must correct.</summary>
    public static WebProblemException Invalid(string? param, string message, string code = "invalid_value") =>
        new WebProblem(StatusCodes.Status400BadRequest, code, message) { Member = param }.Thrown();

    /// <summary>A thing of another tenant is reported as not found.</summary>
    public static WebProblemException NotFound(string what, string id) => new WebProblem(
        StatusCodes.Status404NotFound, "not_found",
        $"No such {what} object: {Excerpt.Marked(id, 100)}")
    { Member = "id" }.Thrown();
}
