using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Jobs.Lines;
using OpenAIWorker.Json;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Door;

namespace OpenAIWorker.Web.OpenAI.Responses;

/// <summary>Responses in the background, and their state. Each is a job with the response's id.</summary>
sealed class ResponseJobs(JobEntry entry, ApiResponseStore store, ResponseStates states, RecordSearch records,
    JobGivingUp givingUp, TimeProvider clock)
{
    const string Prefix = "resp_";
    const string Previous = "previous_response_id";
    const string Operation = "message-model";
    const int IdDigits = 48;
    static readonly TimeSpan SendingTime = TimeSpan.FromSeconds(30);

    public async Task Create(HttpContext context, JsonElement body)
    {
        if (body.Text("model") is not { Length: > 0 })
            throw ApiError.Invalid("model", "model is missing.", "missing_required_parameter");
        var (visitor, now) = (Visitor.Of(context), clock.GetUtcNow());
        var id = IdOf(RequestWords.IdempotencyKey(context.Request), visitor);
        var job = entry.Of(OpenAIBatchLine.Of("responses", body) with
        {
            JobId = id,
            Credential = CallWords.Credential(context.Request),
        }, null, visitor);
        var response = new ApiResponse(entry.KeyOf(job), now, RecordedJob.HashOf(Operation, job),
            Encoding.UTF8.GetBytes(QueuedResponse.Of(id, now, body).ToJsonString()));
        context.Response.Headers[CallWords.JobHeader] = id;
        if (await store.Add(response, context.RequestAborted) > 0)
        {
            await Send(response, job);
            await ApiJson.Write(context, JsonNode.Parse(response.Content)!);
            return;
        }
        var there = await Find(context, id);
        if (there.RequestHash != response.RequestHash)
            throw new WebProblem(StatusCodes.Status409Conflict, FailureCodes.JobIdConflict,
                "Another request had this Idempotency-Key. Send this one with a different key.").Thrown();
        // The process may have died before it sent the job.
        if (now - there.CreatedAt > SendingTime && !await states.IsKnown(there, context.RequestAborted))
            await entry.Send(job, context.RequestAborted);
        await ApiJson.Write(context, await states.Of(there, context.RequestAborted));
    }

    // Sent only once: a job that is delivered again while the provider works on its response would start another one.
    async Task Send(ApiResponse response, JobRequest job)
    {
        try
        {
            await entry.Send(job, CancellationToken.None);
        }
        catch (Exception)
        {
            await store.Delete(response.Job, CancellationToken.None);
            throw;
        }
    }

    public async Task Get(HttpContext context, string id)
    {
        if (context.Request.Query["stream"] == "true")
            throw ApiError.Invalid("stream", "A response in the background is not streamed here. Poll it instead.",
                "unsupported_parameter");
        await ApiJson.Write(context, await states.Of(await Find(context, id), context.RequestAborted));
    }

    public async Task Cancel(HttpContext context, string id)
    {
        await Stop(await Find(context, id), context.RequestAborted);
        await Get(context, id);
    }

    public async Task Delete(HttpContext context, string id)
    {
        var response = await Find(context, id);
        await Stop(response, context.RequestAborted);
        await store.Delete(response.Job, context.RequestAborted);
        await records.Purge(new(response.Job.Id, response.Job.Tenant), context.RequestAborted);
        await ApiJson.Write(context, new JsonObject { ["id"] = id, ["object"] = "response", ["deleted"] = true });
    }

    /// <summary>
    /// Replaces the id of a response in the background, which the provider does not know, by the provider's own id.
    /// </summary>
    public async Task<JsonElement> WithProvidersId(JsonElement body, string? tenant, CancellationToken cancellation)
    {
        if (body.Text(Previous) is not { } previous
            || await store.Find(previous, tenant, cancellation) is not { } response)
            return body;
        var whole = body.ToObject();
        whole[Previous] = await states.ProvidersId(response, cancellation) ?? throw ApiError.Invalid(Previous,
            $"{previous} has not completed, so it cannot be continued.");
        return JsonSerializer.SerializeToElement(whole);
    }

    async Task Stop(ApiResponse response, CancellationToken cancellation)
    {
        if (await states.HasEnded(response, cancellation))
            return;
        await store.Cancel(response.Job, cancellation);
        await givingUp.Send(new() { JobId = response.Job.Id });
    }

    async Task<ApiResponse> Find(HttpContext context, string id) =>
        await store.Find(id, Visitor.Of(context).Tenant, context.RequestAborted)
            ?? throw new WebProblem(StatusCodes.Status404NotFound, "not_found",
                $"Response with id '{Excerpt.Marked(id, 100)}' not found.").Thrown();

    // The same id for the same key of the same tenant.
    static string IdOf(string? key, Visitor visitor) => key switch
    {
        null => $"{Prefix}{Guid.NewGuid():N}",
        _ => Prefix + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{visitor.Tenant}\n{key}")))[..IdDigits],
    };
}
