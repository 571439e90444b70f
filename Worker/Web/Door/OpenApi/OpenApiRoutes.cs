using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OpenAIWorker.Web.Door.OpenApi;

/// <summary>Serves the OpenAPI document, which is public.</summary>
sealed class OpenApiRoutes : IWebRoutes
{
    static readonly Lazy<byte[]> Document = new(() => Encoding.UTF8.GetBytes(OpenApiDocument.Text));

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/openapi.json", static context =>
    {
        context.Response.ContentType = JobAnswer.Json;
        return context.Response.Body.WriteAsync(Document.Value, context.RequestAborted).AsTask();
    }).AllowAnonymous();
}
