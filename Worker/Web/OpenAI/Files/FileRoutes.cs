using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.OpenAI.Files;

/// <summary><c>/v1/files</c>: files for batches, and the output files of batches.</summary>
sealed class FileRoutes(ApiFileStore files, Lazy<IPayloadStore> payloads, IOptions<WebOptions> web,
    IOptions<PayloadsOptions> kept, TimeProvider clock) : IWebRoutes
{
    const string Path = ApiError.Prefix + "/files";
    const int MostListed = 10_000;
    const long SecondsAtLeast = 3600;

    // What a form adds to the size of its file.
    const int Form = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Create).RequireAuthorization(WebRoles.Send);
        routes.MapGet(Path, List).RequireAuthorization(WebRoles.Read);
        routes.MapGet(Path + "/{id}", Get).RequireAuthorization(WebRoles.Read);
        routes.MapGet(Path + "/{id}/content", Content).RequireAuthorization(WebRoles.Read);
        routes.MapDelete(Path + "/{id}", Delete).RequireAuthorization(WebRoles.Send);
    }

    async Task Create(HttpContext context)
    {
        var most = web.Value.MaxFileBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = most + Form;
        var id = FileObject.NewId();
        try
        {
            var upload = await FileUpload.Read(context.Request, most,
                content => payloads.Value.Put(FileObject.PayloadOf(id), content, context.RequestAborted),
                context.RequestAborted);
            var file = FileOf(id, upload, Visitor.Of(context).Tenant ?? "");
            await files.Add([file], context.RequestAborted);
            await ApiJson.Write(context, FileObject.Of(file));
        }
        catch (WebProblemException)
        {
            await payloads.Value.Delete(FileObject.PayloadOf(id), CancellationToken.None);
            throw;
        }
    }

    ApiFile FileOf(string id, FileUpload upload, string tenant)
    {
        if (upload.Name is not { } name)
            throw ApiError.Invalid("file", "file is missing: the part of the form with the file.",
                "missing_required_parameter");
        if (upload.Fields.GetValueOrDefault("purpose") is not { } purpose)
            throw ApiError.Invalid("purpose", "purpose is missing. Set it to batch.", "missing_required_parameter");
        if (purpose != FileObject.Batch)
            throw ApiError.Invalid("purpose",
                $"purpose is '{Excerpt.Marked(purpose, 40)}'; allowed: batch. A file for a model goes into a job: "
                    + "upload-file, or bytes within a message.");
        if (upload.Fields.GetValueOrDefault("expires_after[anchor]") is { } anchor and not "created_at")
            throw ApiError.Invalid("expires_after[anchor]",
                $"expires_after[anchor] is '{Excerpt.Marked(anchor, 40)}'; allowed: created_at.");
        var now = clock.GetUtcNow();
        return new(id, tenant, purpose, name, upload.Bytes, now,
            now + KeptFor(upload.Number("expires_after[seconds]")));
    }

    // Not longer than the store keeps anything.
    TimeSpan KeptFor(long? seconds) => seconds switch
    {
        null => kept.Value.KeepFor,
        < SecondsAtLeast => throw ApiError.Invalid("expires_after[seconds]",
            $"expires_after[seconds] is {seconds}; allowed: {SecondsAtLeast} and more."),
        { } some when some < kept.Value.KeepFor.TotalSeconds => TimeSpan.FromSeconds(some),
        _ => kept.Value.KeepFor,
    };

    async Task List(HttpContext context)
    {
        var (visitor, request) = (Visitor.Of(context), context.Request);
        var after = ApiJson.Word(request, "after");
        if (after is not null && await files.Find(after, visitor.Tenant, context.RequestAborted) is null)
            throw ApiError.Invalid("after", $"No such File object: {Excerpt.Marked(after, 100)}", "not_found");
        var limit = ApiJson.Limit(request, MostListed, MostListed);
        var found = await files.List(new(visitor.Tenant, limit, after, IsOldestFirst(request)),
            ApiJson.Word(request, "purpose"), context.RequestAborted);
        await ApiJson.Write(context, ApiJson.Page(found, limit, FileObject.Of));
    }

    async Task Get(HttpContext context) => await ApiJson.Write(context, FileObject.Of(await Find(context)));

    async Task Content(HttpContext context)
    {
        var file = await Find(context);
        var stored = await payloads.Value.Open(FileObject.PayloadOf(file.Id), context.RequestAborted)
            ?? throw ApiError.NotFound("File", file.Id);
        await using var content = stored.Content;
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = stored.Length;
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    async Task Delete(HttpContext context)
    {
        var file = await Find(context);
        if (await files.Delete(file.Id, context.RequestAborted) is { Length: > 0 } batch)
            throw ApiError.Invalid("id", $"{file.Id} is the input of {batch}, which has not ended. Cancel that first.",
                "file_in_use");
        await payloads.Value.Delete(FileObject.PayloadOf(file.Id), CancellationToken.None);
        await ApiJson.Write(context,
            new JsonObject { ["object"] = "file", ["id"] = file.Id, ["deleted"] = true });
    }

    async Task<ApiFile> Find(HttpContext context)
    {
        var id = (string)context.GetRouteValue("id")!;
        return await files.Find(id, Visitor.Of(context).Tenant, context.RequestAborted)
            ?? throw ApiError.NotFound("File", id);
    }

    static bool IsOldestFirst(HttpRequest request) => ApiJson.Word(request, "order") switch
    {
        null or "desc" => false,
        "asc" => true,
        var other => throw ApiError.Invalid("order",
            $"order is '{Excerpt.Marked(other, 20)}'; allowed: asc and desc."),
    };
}
