using Microsoft.AspNetCore.Routing;

namespace OpenAIWorker.Web;

/// <summary>Some addresses of the web, and what answers there.</summary>
interface IWebRoutes
{
    /// <summary>Each one says which role it needs: <c>RequireAuthorization(WebRoles.Read)</c>.</summary>
    void Map(IEndpointRouteBuilder routes);
}
