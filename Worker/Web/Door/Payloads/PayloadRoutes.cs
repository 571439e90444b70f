using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Door.Payloads;

/// <summary>Uploads and downloads of bytes that are too large for a job.</summary>
sealed class PayloadRoutes(Lazy<IPayloadStore> store, IOptions<PayloadsOptions> payloads, IOptions<WebOptions> web)
    : IWebRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/payloads", context => Put(context, TenantPayloads.NewId(Visitor.Of(context).Tenant)))
            .RequireAuthorization(WebRoles.Send);
        routes.MapPut("/payloads/{id}", context => Put(context, PutId(context))).RequireAuthorization(WebRoles.Send);
        routes.MapGet("/payloads/{id}", Get).RequireAuthorization(WebRoles.Read);
    }

    async Task Put(HttpContext context, string id)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = web.Value.MaxFileBytes;
        await using var body = new BodyStream(context.Request.Body, ContentDigest.Of(context.Request));
        await store.Value.Put(id, body, context.RequestAborted);
        var stored = new PayloadRef
        {
            Id = id,
            ContentType = context.Request.ContentType is { Length: > 0 and < 256 } type ? type : null,
            Length = body.Count,
            Sha256 = Convert.ToHexStringLower(body.Sha256),
        };
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"/payloads/{id}";
        context.Response.ContentType = JobAnswer.Json;
        await context.Response.WriteAsync(JsonSerializer.Serialize(stored, ContractJson.Default.PayloadRef));
    }

    async Task Get(HttpContext context)
    {
        var id = (string)context.GetRouteValue("id")!;
        if (!PayloadId.IsOne(id) || !TenantPayloads.MayGet(id, Visitor.Of(context).Tenant)
            || await store.Value.Open(id, context.RequestAborted) is not { } stored)
            throw Gone(id).Thrown();
        await using var content = stored.Content;
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = stored.Length;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}\"";
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    static string PutId(HttpContext context)
    {
        var (id, tenant) = ((string)context.GetRouteValue("id")!, Visitor.Of(context).Tenant);
        if (!PayloadId.IsOne(id))
            throw Unfit($"The id is not a payload id; allowed: {PayloadId.Allowed}.");
        return TenantPayloads.MayPut(id, tenant)
            ? id
            : throw Unfit($"The id must begin with {TenantPayloads.Prefix(tenant)}, like all ids of this tenant.");
    }

    static WebProblemException Unfit(string says) =>
        new WebProblem(StatusCodes.Status400BadRequest, FailureCodes.InvalidRequest,
            $"{says} POST /payloads makes one.")
        { Member = "id" }.Thrown();

    WebProblem Gone(string id) => new(StatusCodes.Status404NotFound, FailureCodes.NotFound,
        PayloadId.IsOne(id)
            ? PayloadFailures.Gone("id", id, payloads.Value.KeepFor).Failure.Message
            : $"The id is not a payload id; allowed: {PayloadId.Allowed}.");
}
