using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Window.Live;

namespace OpenAIWorker.Web.Window.Overview;

/// <summary>The first page: whether the installation works, why jobs wait, what failed, what it costs.</summary>
sealed class OverviewRoutes(PageDesk desk, OverviewReading reading, LiveShows shows) : IWebRoutes
{
    const string Live = "/live/overview";
    const string Above = "/window";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Places.Overview.Address, (HttpContext context) => desk.Show(context, Places.Overview, Show))
            .RequireAuthorization(WebRoles.Read);
        // What is left of a page's address whose end a person has cut off.
        routes.MapGet(Above, () => Results.LocalRedirect(Places.Overview.Address)).AllowAnonymous();
        routes.MapGet(Live, (HttpContext context) => Send(context, Visitor.Of(context).Tenant))
            .RequireAuthorization(WebRoles.Read);
    }

    /// <summary>The panels. A visitor of one tenant does not see those that belong to no tenant.</summary>
    public static IReadOnlyList<LivePart> Parts(OverviewNow now, bool seesAll)
    {
        List<LivePart> parts =
        [
            new("figures", "wide", FiguresPart.Of(now)), new("spend", "third", SpendPart.Of(now.Slow)),
        ];
        if (seesAll)
            parts.Add(new("paused", null,
                PausedPart.Of([.. now.Credentials.Where(credential => credential.PausedAt > 0)], now.At)));
        parts.Add(new("waits", seesAll ? "half" : "", WaitsPart.Of(now)));
        if (seesAll)
            parts.Add(new("limits", "half", LimitsPart.Of(now.Limits)));
        parts.Add(new("last-failures", "", FailuresPart.Of(now.Failures)));
        if (seesAll)
            parts.Add(new("all-workers", "", WorkersPart.Of(now)));
        return parts;
    }

    async Task<IResult> Show(Frame frame)
    {
        var now = await reading.Read(frame.Visitor.Tenant);
        return Page.Of(OverviewPage.Of(frame with { Live = Live, Now = now.At }, now));
    }

    Task Send(HttpContext context, string? tenant) => shows.Send(context, $"overview {tenant}",
        async () => Parts(await reading.Read(tenant), tenant is null));
}
