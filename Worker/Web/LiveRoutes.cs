using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Health;

namespace OpenAIWorker.Web;

/// <summary>A liveness check of the web itself, for whatever restarts it. Open to anyone.</summary>
sealed class LiveRoutes : IWebRoutes
{
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapGet(HealthServer.Live, () => Results.Text("{\"status\":\"live\"}", "application/json")).AllowAnonymous();
}
