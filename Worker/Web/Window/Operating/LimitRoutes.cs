using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Delivery.Orders;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Window.Live;
using OpenAIWorker.Web.Window.Overview;
using OpenAIWorker.Web.Window.Parts;

namespace OpenAIWorker.Web.Window.Operating;

/// <summary>Limits: shows how full they are, and those that operators set.</summary>
sealed class LimitRoutes(PageDesk desk, LiveWorkers workers, OrderReading orders, LiveShows shows) : IWebRoutes
{
    const string Live = "/live/limits";
    const long Most = 1_000_000_000_000;
    const long MostMinutes = 60 * 24 * 366;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Places.Limits.Address, desk.At(Places.Limits,
            async (frame, _) => Page.Of(await Read(frame, null)))).RequireAuthorization(WebRoles.Read);
        routes.MapGet(Live, Send).RequireAuthorization(WebRoles.Read);
        routes.MapPost($"{Places.Limits.Address}/set", desk.At(Places.Limits, (frame, context) => Set(frame, context)))
            .RequireAuthorization(WebRoles.Operate);
        routes.MapPost($"{Places.Limits.Address}/unset", desk.At(Places.Limits, (_, context) => Unset(context)))
            .RequireAuthorization(WebRoles.Operate);
    }

    async Task<Microsoft.AspNetCore.Components.RenderFragment> Read(Frame frame, string? wrong) => LimitsPage.Of(
        frame with { Live = Live }, SharedLimit.Of(await workers.Read()), await orders.InForce(), orders.IsPossible,
        wrong);

    Task Send(HttpContext context)
    {
        var frame = desk.Bare(context, Places.Limits);
        return shows.Send(context, $"limits {frame.MayOperate}", async () =>
            [new("limits", "", LimitsPage.InUse(frame, SharedLimit.Of(await workers.Read())))]);
    }

    async Task<IResult> Set(Frame frame, HttpContext context)
    {
        var form = await Deeds.Form(context);
        var (requests, tokens, minutes) = (Number(form, "requests", Most), Number(form, "tokens", Most),
            Number(form, "minutes", MostMinutes));
        if (form.Text("group") is not { } group || requests is < 0 || tokens is < 0 || minutes is < 0
            || requests is null && tokens is null)
            return Page.Of(await Read(frame,
                "Name a model or a group, and give requests per minute, tokens per minute or both, from 1. To stop all "
                    + "calls, pause the credential."), StatusCodes.Status400BadRequest);
        await orders.Send(now => new()
        {
            Kind = OrderKind.Limit,
            Group = group,
            Credential = form.Text("credential"),
            RequestsPerMinute = requests,
            TokensPerMinute = tokens,
            Until = minutes is { } time ? now.AddMinutes(time) : null,
            At = now,
        }, context.RequestAborted);
        return Deeds.Then(Places.Limits.Address, "limit");
    }

    async Task<IResult> Unset(HttpContext context)
    {
        var form = await Deeds.Form(context);
        await orders.Send(now => new()
        {
            Kind = OrderKind.Limit,
            Group = form.Text("group") ?? "",
            Credential = form.Text("credential"),
            IsUndone = true,
            At = now,
        }, context.RequestAborted);
        return Deeds.Then(Places.Limits.Address, "no-limit");
    }

    // Less than 0: not a valid number.
    static long? Number(IFormCollection form, string name, long most) => form.Text(name) is not { } text
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            && number <= most ? number : -1;
}
