using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Door;
using OpenAIWorker.Web.OpenAI.Files;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary><c>/v1/batches</c>: a file of calls, each of which becomes a job.</summary>
sealed class BatchRoutes(ApiBatchStore batches, ApiFileStore files, BatchBell bell,
    IOptions<RecordsOptions> records, IOptions<PayloadsOptions> payloads, TimeProvider clock) : IWebRoutes
{
    const string Path = ApiError.Prefix + "/batches";
    const int UsuallyListed = 20;
    const int MostListed = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Create).RequireAuthorization(WebRoles.Send);
        routes.MapGet(Path, List).RequireAuthorization(WebRoles.Read);
        routes.MapGet(Path + "/{id}", Get).RequireAuthorization(WebRoles.Read);
        routes.MapPost(Path + "/{id}/cancel", Cancel).RequireAuthorization(WebRoles.Send);
    }

    async Task Create(HttpContext context)
    {
        var (fileId, asked) = BatchRequest.Read(await JobBody.Read(context));
        var file = await files.Find(fileId, Visitor.Of(context).Tenant, context.RequestAborted)
            ?? throw ApiError.Invalid("input_file_id", $"No such File object: {Excerpt.Marked(fileId, 100)}",
                "not_found");
        if (file.Purpose != FileObject.Batch)
            throw ApiError.Invalid("input_file_id",
                $"{file.Id} has the purpose {file.Purpose}. The input of a batch has the purpose batch.");
        var (now, window) = (clock.GetUtcNow(), BatchRequest.Window(asked.CompletionWindow));
        Keeps(window);
        var batch = new ApiBatch($"batch_{Guid.NewGuid():N}", file.Tenant, file.Id, BatchStatuses.Validating, now,
            now + window, asked with { Credential = CallWords.Credential(context.Request) });
        await batches.Add(batch, context.RequestAborted);
        bell.Ring();
        await ApiJson.Write(context, BatchObject.Of(batch));
    }

    // The first results must still be kept when the last line ends.
    void Keeps(TimeSpan window)
    {
        foreach (var (setting, time) in new[]
        {
            ("Records:KeepFor", records.Value.KeepFor), ("Payloads:KeepFor", payloads.Value.KeepFor),
        })
            if (time <= window)
                throw ApiError.Invalid("completion_window",
                    $"completion_window is {window.TotalHours:0}h, but the worker does not keep results that long "
                        + $"({setting} is {time}). Ask for less, or have the setting raised.");
    }

    async Task List(HttpContext context)
    {
        var (visitor, after) = (Visitor.Of(context), ApiJson.Word(context.Request, "after"));
        if (after is not null && await batches.Find(after, visitor.Tenant, context.RequestAborted) is null)
            throw ApiError.Invalid("after", $"No such Batch object: {Excerpt.Marked(after, 100)}", "not_found");
        var limit = ApiJson.Limit(context.Request, UsuallyListed, MostListed);
        var found = await batches.List(new(visitor.Tenant, limit, after), context.RequestAborted);
        await ApiJson.Write(context, ApiJson.Page(found, limit, BatchObject.Of));
    }

    async Task Get(HttpContext context) => await ApiJson.Write(context, BatchObject.Of(await Find(context)));

    async Task Cancel(HttpContext context)
    {
        var batch = await Find(context);
        await batches.Cancel(batch.Id, context.RequestAborted);
        var now = await Find(context);
        if (!now.IsCancelling && now.Status != BatchStatuses.Cancelled)
            throw ApiError.Invalid("id", $"Cannot cancel a batch with status '{now.Status}'.", "invalid_status");
        await ApiJson.Write(context, BatchObject.Of(now));
    }

    async Task<ApiBatch> Find(HttpContext context)
    {
        var id = (string)context.GetRouteValue("id")!;
        return await batches.Find(id, Visitor.Of(context).Tenant, context.RequestAborted)
            ?? throw ApiError.NotFound("Batch", id);
    }
}
