using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Door;
using OpenAIWorker.Web.Window.Live;
using OpenAIWorker.Web.Window.Parts;

namespace OpenAIWorker.Web.Window.Groups;

/// <summary>Groups of jobs: shows their progress, and cancels them.</summary>
sealed class GroupPages(PageDesk desk, RecordGroups groups, JobGivingUp cancels, LiveShows shows) : IWebRoutes
{
    const int PageLength = 50;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Places.Groups.Address, desk.At(Places.Groups, (frame, context) => List(frame, context)))
            .RequireAuthorization(WebRoles.Read);
        routes.MapGet(GroupAddress.One, desk.At(Places.Groups, (frame, context) => One(frame, context)))
            .RequireAuthorization(WebRoles.Read);
        routes.MapGet(GroupAddress.Live, Send).RequireAuthorization(WebRoles.Read);
        routes.MapGet(GroupAddress.Cancel, desk.At(Places.Groups, (frame, context) => Ask(frame, context)))
            .RequireAuthorization(WebRoles.Operate);
        routes.MapPost(GroupAddress.Cancel, desk.At(Places.Groups, (_, context) => Give(context)))
            .RequireAuthorization(WebRoles.Operate);
    }

    async Task<IResult> List(Frame frame, HttpContext context)
    {
        var found = await groups.List(frame.Visitor.Tenant, Mark(context.Request.Query.Text("after")), PageLength + 1,
            context.RequestAborted);
        var next = found.Count > PageLength
            ? $"{Places.Groups.Address}?after={Uri.EscapeDataString(Mark(found[PageLength - 1]))}"
            : null;
        return Page.Of(GroupsPage.Of(frame, [.. found.Take(PageLength)], next));
    }

    async Task<IResult> One(Frame frame, HttpContext context)
    {
        var id = context.Request.Query.Text("id") ?? "";
        if (await Find(context, id) is not { } group)
            return PageDesk.NotFound(frame, "No such group",
                $"There is no group '{id}': no worker with this database has seen a job of it, it was deleted, or it "
                    + "ended longer ago than Records:KeepFor.");
        return Page.Of(GroupPage.Of(frame with
        {
            Live = GroupAddress.AddressOf(GroupAddress.Live, group.Progress.Key),
        }, group));
    }

    async Task Send(HttpContext context)
    {
        if (await Find(context, context.Request.Query.Text("id") ?? "") is not { Progress.Key: var key })
            throw new WebProblem(StatusCodes.Status404NotFound, "not_found", "There is no such group.").Thrown();
        await shows.Send(context, $"group {key.Tenant}\n{key.Id}", async () =>
            (await groups.Find(key.Id, key.Tenant, CancellationToken.None)).FirstOrDefault() is { } group
                ? [new LivePart("group", "", GroupPage.Progress(group))]
                : []);
    }

    async Task<IResult> Ask(Frame frame, HttpContext context)
    {
        var id = context.Request.Query.Text("id") ?? "";
        if (await Find(context, id) is not { } group)
            return PageDesk.NotFound(frame, "No such group", $"There is no group '{id}'.");
        var key = group.Progress.Key;
        return Page.Of(Confirm.Of(frame, new($"Cancel the group {id}?", "Cancel all its jobs", GroupAddress.Cancel,
            GroupAddress.AddressOf(key))
        {
            Says =
            [
                $"{Words.Count(group.Running + group.Waiting + group.Unseen, "job")} of it will end as failed with the "
                    + $"code cancelled: {Words.Number(group.Running)} that run, {Words.Number(group.Waiting)} that "
                    + $"wait, and {Words.Number(group.Unseen)} that no worker has seen yet.",
                $"The {Words.Count(group.Progress.Ended, "job")} that ended do not change.",
            ],
            Fields = [("id", key.Id), ("tenant", key.Tenant)],
            IsDangerous = true,
        }));
    }

    async Task<IResult> Give(HttpContext context)
    {
        var form = await Deeds.Form(context);
        var key = new GroupKey(form.Text("id") ?? "", form.Text("tenant") ?? "");
        await cancels.Send(new CancelJob { Group = key.Id, Tenant = key.Tenant.Length > 0 ? key.Tenant : null });
        return Deeds.Then(GroupAddress.AddressOf(key), "cancelled");
    }

    async Task<WholeGroup?> Find(HttpContext context, string id) => (await groups.Find(id,
        Visitor.Of(context).Tenant ?? (context.Request.Query["tenant"] is [{ } tenant, ..] ? tenant : null),
        context.RequestAborted)).FirstOrDefault();

    static string Mark(GroupProgress last) => $"{last.FirstSeen.ToUnixTimeMilliseconds()}.{last.Key.Id}";

    static GroupMark? Mark(string? after) => after?.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && long.TryParse(after.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new GroupMark(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), after[(dot + 1)..])
            : null;
}

/// <summary>The addresses of groups.</summary>
static class GroupAddress
{
    public const string One = "/window/group";
    public const string Live = "/live/group";
    public const string Cancel = "/window/group/cancel";

    public static string AddressOf(GroupKey group) => AddressOf(One, group);

    public static string AddressOf(string path, GroupKey group) => $"{path}?id={Uri.EscapeDataString(group.Id)}"
        + (group.Tenant.Length > 0 ? $"&tenant={Uri.EscapeDataString(group.Tenant)}" : "");
}
