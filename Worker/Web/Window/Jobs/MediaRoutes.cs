using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Window.Jobs;

/// <summary>
/// Images, sound and files of a job. The bytes themselves decide what a page may show, never the type that a sender
/// states; everything else can only be downloaded, and cannot run.
/// </summary>
sealed class MediaRoutes(RecordSearch search, ContentCipher cipher, Lazy<IPayloadStore> payloads) : IWebRoutes
{
    // Treated as a page of its own, without any rights.
    const string Sandbox = "sandbox; default-src 'none'";

    // SVG is not one of them: it can run scripts.
    static readonly HashSet<string> Shown = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp",
        "audio/wav", "audio/mpeg", "audio/ogg", "audio/flac", "audio/webm", "audio/mp4", "audio/aac"];

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(JobAddress.Media, Send).RequireAuthorization(WebRoles.Read);

    async Task Send(HttpContext context)
    {
        var query = context.Request.Query;
        var whole = await JobPages.Find(search, context, context.RequestAborted);
        var content = query["of"].ToString() switch
        {
            JobContent.Request => whole is null ? null : JobContent.Of(whole.Record.Key, "", whole.Request, cipher),
            JobContent.Ending => whole is null ? null : JobContent.Of(whole.Record.Key, "", whole.Ending, cipher),
            _ => null,
        };
        if (content?.Root is not { } root || Find(root, query["at"].ToString()) is not { } at
            || await Open(at, context.RequestAborted) is not { } bytes)
            throw new WebProblem(StatusCodes.Status404NotFound, "not_found",
                "These bytes do not exist: they were deleted (Payloads:KeepFor), or the job never had them.").Thrown();
        context.Response.RegisterForDisposeAsync(bytes.Content);
        await Send(context, bytes.Content, bytes.Length);
    }

    static async Task Send(HttpContext context, Stream bytes, long length)
    {
        var head = new byte[SoundKinds.Looked * 2];
        var read = await bytes.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, context.RequestAborted);
        var type = ImageKinds.Of(head.AsSpan(0, read)) ?? SoundKinds.Of(head.AsSpan(0, read));
        var isShown = type is not null && Shown.Contains(type);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Sandbox;
        if (!isShown)
            headers.ContentDisposition = "attachment; filename=\"file\"";
        (context.Response.ContentType, context.Response.ContentLength) =
            (isShown ? type : ContentTypes.Unknown, length);
        await context.Response.Body.WriteAsync(head.AsMemory(0, read), context.RequestAborted);
        await bytes.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    async Task<StoredPayload?> Open(JsonElement at, CancellationToken cancellation)
    {
        if (at.ValueKind != JsonValueKind.Object)
            return null;
        if (at.TryGetProperty("base64", out var base64) && base64.ValueKind == JsonValueKind.String
            && base64.TryGetBytesFromBase64(out var bytes))
            return new(new MemoryStream(bytes), bytes.Length);
        return at.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object
            && payload.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            && PayloadId.IsOne(id.GetString())
                ? await payloads.Value.Open(id.GetString()!, cancellation)
                : null;
    }

    // RFC 6901.
    static JsonElement? Find(JsonElement at, string path)
    {
        foreach (var part in path.Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member))
                at = member;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0
                && index < at.GetArrayLength())
                at = at[index];
            else
                return null;
        }
        return at;
    }
}
