using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Health;

namespace OpenAIWorker.Web;

/// <summary>Whether the web itself runs, for what restarts it. Anyone may ask.</summary>
sealed class LiveRoutes : IWebRoutes
{
    public void Map(IEndpointRouteBuilder routes) => routes
        .MapGet(HealthServer.Live, () => Results.Text("{\"status\":\"live\"}", "application/json")).AllowAnonymous();
}
