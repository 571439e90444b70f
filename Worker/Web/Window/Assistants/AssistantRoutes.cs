using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Window.Assistants;

/// <summary>The page of the assistants that workers store.</summary>
sealed class AssistantRoutes(PageDesk desk, AssistantList assistants) : IWebRoutes
{
    const int Most = 200;

    public void Map(IEndpointRouteBuilder routes) => routes
        .MapGet(Places.Assistants.Address, desk.At(Places.Assistants, async (frame, context) =>
            Page.Of(frame.SeesAll
                ? AssistantsPage.Of(frame, await assistants.Newest(Most, context.RequestAborted), Most)
                : MissingPage.Of(frame, "Assistants", "Assistants do not belong to a tenant, and are not shown to a "
                    + "tenant's token."))))
        .RequireAuthorization(WebRoles.Read);
}
