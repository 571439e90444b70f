using Microsoft.AspNetCore.Routing;

namespace OpenAIWorker.Web;

/// <summary>Some addresses of the web and their handlers.</summary>
interface IWebRoutes
{
    /// <summary>Each one names the role that it needs: <c>RequireAuthorization(WebRoles.Read)</c>.</summary>
    void Map(IEndpointRouteBuilder routes);
}
