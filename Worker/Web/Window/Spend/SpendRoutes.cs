using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Window.Live;

namespace OpenAIWorker.Web.Window.Spend;

/// <summary>Shows what jobs cost, by model, tenant, operation, credential and day.</summary>
sealed class SpendRoutes(PageDesk desk, RecordCounts counts, TickCache cache) : IWebRoutes
{
    static readonly TimeSpan Keep = TimeSpan.FromSeconds(10);

    public void Map(IEndpointRouteBuilder routes) => routes
        .MapGet(Places.Spend.Address, desk.At(Places.Spend,
            (frame, context) => Show(frame, SpendQuery.Of(context.Request, frame.SeesAll))))
        .RequireAuthorization(WebRoles.Read);

    async Task<IResult> Show(Frame frame, SpendQuery query)
    {
        var (tenant, begin) = (frame.Visitor.Tenant, query.Begin(frame.Now));
        var sums = await cache.Get($"spend {query.Sum} {begin:u} {tenant}",
            cancellation => counts.Spend(query.Sum, begin, tenant, cancellation), Keep);
        var hours = await cache.Get($"spend by hour {begin:u} {tenant}",
            cancellation => counts.Spend(SpendBy.Hour, begin, tenant, cancellation), Keep);
        return Page.Of(SpendPage.Of(frame, query, sums, SpendDay.Of(hours)));
    }
}
