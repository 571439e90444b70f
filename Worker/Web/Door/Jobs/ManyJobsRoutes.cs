using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Door.Jobs;

/// <summary>
/// Accepts many jobs, one per line, and answers each line while others arrive. Only a few are in memory: a sender that
/// is faster than the broker has to wait.
/// </summary>
sealed class ManyJobsRoutes(JobEntry entry, IOptions<WebOptions> options) : IWebRoutes
{
    const string Lines = "application/x-ndjson";

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/jobs", Post).RequireAuthorization(WebRoles.Send);

    async Task Post(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = options.Value.MaxFileBytes;
        var (visitor, key) = (Visitor.Of(context), RequestWords.IdempotencyKey(context.Request));
        context.Response.ContentType = Lines;
        try
        {
            await Answer(context, key, visitor);
        }
        // The results of the other lines are reported.
        catch (Exception wrong) when (context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await Write(context, [WebFaults.Of(wrong).Json]);
        }
    }

    async Task Answer(HttpContext context, string? key, Visitor visitor)
    {
        await foreach (var group in LineGroups.Of(LineReader.Read(context.Request.Body, context.RequestAborted)))
        {
            var answers = await Answer([.. group.Select(line => Read(line, key, visitor))], context.RequestAborted);
            await Write(context, answers);
            // Every further line would wait for the broker as long.
            if (answers.TrueForAll(answer => answer["code"]?.GetValue<string>() == "broker_unavailable"))
                return;
        }
    }

    static async Task Write(HttpContext context, List<JsonObject> answers)
    {
        foreach (var answer in answers)
            await context.Response.WriteAsync($"{answer.ToJsonString()}\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    async Task<List<JsonObject>> Answer(List<ReadLine> lines, CancellationToken cancellation)
    {
        var sent = new Queue<SentJob>(
            await entry.Send([.. lines.Select(line => line.Job).OfType<JobRequest>()], cancellation));
        return [.. lines.Select(line => Json(line.Number, line.Problem, line.Job is null ? null : sent.Dequeue()))];
    }

    ReadLine Read(RawLine line, string? key, Visitor visitor)
    {
        try
        {
            if (line.IsTooLong || line.Bytes.Length > options.Value.MaxJobBytes)
                throw WebFaults.TooLarge.Thrown();
            var json = LineText.Parse(line);
            var operation = JobReading.OperationOf(json.Text("operation"));
            if (RepeatedMember.In(json, operation) is { } twice)
                throw new FailureException(twice);
            return new(line.Number, entry.Read(operation, Without(json), key is null ? null : $"{key}-{line.Number}",
                visitor), null);
        }
        catch (Exception wrong) when (wrong is FailureException or WebProblemException)
        {
            return new(line.Number, null, WebFaults.Of(wrong));
        }
    }

    static JsonElement Without(JsonElement line)
    {
        var job = JsonObject.Create(line)!;
        job.Remove("operation");
        return JsonSerializer.SerializeToElement(job);
    }

    static JsonObject Json(long number, WebProblem? problem, SentJob? sent)
    {
        var json = (problem ?? sent!.Problem)?.Json ?? JobAnswer.Of(sent!);
        json.Insert(0, "line", number);
        return json;
    }

    sealed record ReadLine(long Number, JobRequest? Job, WebProblem? Problem);
}
