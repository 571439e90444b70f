using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Delivery.Orders;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Window.Live;
using OpenAIWorker.Web.Window.Overview;
using OpenAIWorker.Web.Window.Parts;

namespace OpenAIWorker.Web.Window.Operating;

/// <summary>Credentials: shows which are paused and why, pauses and resumes them.</summary>
sealed class CredentialRoutes(PageDesk desk, LiveWorkers workers, OrderReading orders, OverviewReading overview,
    LiveShows shows) : IWebRoutes
{
    const string Live = "/live/credentials";
    static readonly string Pause = $"{Places.Credentials.Address}/pause";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Places.Credentials.Address, desk.At(Places.Credentials, async (frame, _) =>
            Page.Of(CredentialsPage.Of(frame with { Live = Live },
                SharedCredential.Of(await workers.Read()), await orders.InForce(), orders.IsPossible))))
            .RequireAuthorization(WebRoles.Read);
        routes.MapGet(Live, Send).RequireAuthorization(WebRoles.Read);
        routes.MapGet(Pause, desk.At(Places.Credentials, (frame, context) => Ask(frame, context)))
            .RequireAuthorization(WebRoles.Operate);
        routes.MapPost(Pause, desk.At(Places.Credentials, (_, context) => Order(context, false)))
            .RequireAuthorization(WebRoles.Operate);
        routes.MapPost($"{Places.Credentials.Address}/resume",
            desk.At(Places.Credentials, (_, context) => Order(context, true))).RequireAuthorization(WebRoles.Operate);
    }

    Task Send(HttpContext context)
    {
        var frame = desk.Bare(context, Places.Credentials);
        return shows.Send(context, $"credentials {frame.MayOperate}", async () =>
            [new("credentials", "", CredentialsPage.List(frame with { Now = desk.Now },
                SharedCredential.Of(await workers.Read()), await orders.InForce(), orders.IsPossible))]);
    }

    async Task<IResult> Ask(Frame frame, HttpContext context)
    {
        var name = context.Request.Query.Text("credential") ?? "";
        var open = await overview.Read(null);
        return Page.Of(Confirm.Of(frame, new($"Pause {name}?", "Pause", Pause, Places.Credentials.Address)
        {
            Says =
            [
                $"No worker calls with the credential '{name}' until it is resumed here or by 'worker resume {name}'.",
                $"Running calls continue. All its other jobs wait, use no attempt and keep their order: "
                    + $"{Words.Number(open.Running)} jobs run now and {Words.Count(open.Waiting.Sum(one => one.Jobs),
                        "job")} wait, of all credentials.",
            ],
            Fields = [("credential", name)],
            IsDangerous = true,
        }));
    }

    async Task<IResult> Order(HttpContext context, bool isUndone)
    {
        var form = await Deeds.Form(context);
        await orders.Send(now => new()
        {
            Kind = OrderKind.Pause,
            Credential = form.Text("credential") ?? "",
            IsUndone = isUndone,
            At = now,
        }, context.RequestAborted);
        return Deeds.Then(Places.Credentials.Address, isUndone ? "resumed" : "paused");
    }
}
