using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Json;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Door;
using OpenAIWorker.Web.OpenAI.Responses;
using OpenAIWorker.Web.OpenAI.Streams;

namespace OpenAIWorker.Web.OpenAI.Calls;

/// <summary>
/// Calls that are answered when their job has ended: <c>/v1/chat/completions</c> and others. Disconnecting cancels
/// nothing.
/// </summary>
sealed class CallRoutes(JobEntry entry, EndingTail tail, ResponseJobs background, IOptions<WebOptions> web)
    : IWebRoutes
{
    const string Responses = "responses";

    // Someone waits for the answer.
    const int Priority = 6;

    static readonly string[] Paths =
        ["chat/completions", Responses, "embeddings", "completions", "moderations", "images/generations"];

    static readonly string[] Streamed = ["chat/completions", Responses, "completions"];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in Paths)
            routes.MapPost($"{ApiError.Prefix}/{path}", context => Call(context, path))
                .RequireAuthorization(WebRoles.Send, WebRoles.Read);
    }

    async Task Call(HttpContext context, string path)
    {
        var (visitor, body) = (Visitor.Of(context), await JobBody.Read(context));
        if (body.Truth("stream") == true && !Streamed.Contains(path))
            throw Unstreamed($"/v1/{path} has one complete answer.");
        if (path == Responses)
        {
            body = await background.WithProvidersId(body, visitor.Tenant, context.RequestAborted);
            if (body.Truth("background") == true)
            {
                if (body.Truth("stream") == true)
                    throw Unstreamed("A response in the background is polled.");
                await background.Create(context, body);
                return;
            }
        }
        await Hold(context, path, body, visitor);
    }

    async Task Hold(HttpContext context, string path, JsonElement body, Visitor visitor)
    {
        var job = entry.Of(OpenAIBatchLine.Of(path, EventStream.Whole(body)) with
        {
            Credential = CallWords.Credential(context.Request),
            Priority = Priority,
        }, RequestWords.IdempotencyKey(context.Request), visitor);
        var key = await entry.Send(job, context.RequestAborted);
        context.Response.Headers[CallWords.JobHeader] = Uri.EscapeDataString(key.Id);
        var ended = await tail.Wait(key, web.Value.HoldFor, context.RequestAborted)
            ?? throw StillRunning(key.Id).Thrown();
        await CallAnswer.Write(context, body, ended);
    }

    static WebProblemException Unstreamed(string why) =>
        ApiError.Invalid("stream", $"stream is true. {why} Leave stream out.", "unsupported_parameter");

    WebProblem StillRunning(string job) => new(StatusCodes.Status504GatewayTimeout, "still_running",
        $"The job has not ended within {web.Value.HoldFor} (Web:HoldFor), and continues. Its ending will be at "
            + $"/jobs/{Uri.EscapeDataString(job)}; the same call with the header Idempotency-Key: {job} waits for it.")
    { JobId = job };
}
