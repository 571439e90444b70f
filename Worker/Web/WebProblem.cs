using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OpenAIWorker.Web.OpenAI;
using OpenAIWorker.Web.Window;

namespace OpenAIWorker.Web;

/// <summary>Why a request failed, as problem details (RFC 9457), or as a page for a person's browser.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A code for programs, such as <c>invalid_request</c>.</param>
/// <param name="Detail">A text for people: what is wrong, and the cure.</param>
sealed record WebProblem(int Status, string Code, string Detail)
{
    public const string ContentType = "application/problem+json";

    /// <summary>Seconds until the next attempt, if waiting helps.</summary>
    const string RetryAfter = "2";

    /// <summary>The request's member at fault.</summary>
    public string? Member { get; init; }

    /// <summary>The job, if the sender can continue with it.</summary>
    public string? JobId { get; init; }

    /// <summary>Whether the same request may succeed in a moment.</summary>
    public bool IsPassing => Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests;

    string Title => ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>The answer's body.</summary>
    public JsonObject Json
    {
        get
        {
            var body = new JsonObject
            {
                ["type"] = "about:blank",
                ["title"] = Title,
                ["status"] = Status,
                ["detail"] = Detail,
                ["code"] = Code,
            };
            if (Member is not null)
                body["member"] = Member;
            if (JobId is not null)
                body["jobId"] = JobId;
            return body;
        }
    }

    public Task Write(HttpContext context)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (Status, ContentType);
        if (IsPassing)
            context.Response.Headers.RetryAfter = RetryAfter;
        if (PageRequest.IsOne(context.Request))
            return Page.Of<ProblemPage>(Status, (nameof(ProblemPage.Title), Title), (nameof(ProblemPage.Why), Detail))
                .ExecuteAsync(context);
        return ApiError.IsFor(context.Request)
            ? ApiError.Write(context, this)
            : context.Response.WriteAsync(Json.ToJsonString());
    }

    public WebProblemException Thrown() => new(this);
}

/// <summary>Carries a problem to the code that answers.</summary>
sealed class WebProblemException(WebProblem problem) : Exception(problem.Detail)
{
    public WebProblem Problem => problem;
}
