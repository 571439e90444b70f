using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Window.Live;

namespace OpenAIWorker.Web.Window.Jobs;

/// <summary>The list of jobs, and one job.</summary>
sealed class JobPages(PageDesk desk, RecordSearch search, ContentCipher cipher, LiveShows shows) : IWebRoutes
{
    const int PageLength = 50;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Places.Jobs.Address, ShowAll).RequireAuthorization(WebRoles.Read);
        routes.MapGet(JobAddress.Page, ShowOne).RequireAuthorization(WebRoles.Read);
        routes.MapGet(JobAddress.Live, Send).RequireAuthorization(WebRoles.Read);
    }

    /// <summary>The job in the address. A token of one tenant finds only that tenant's jobs.</summary>
    public static async Task<WholeRecord?> Find(RecordSearch search, HttpContext context,
        CancellationToken cancellation) =>
        (await search.Find(Given(context, "id") ?? "", Visitor.Of(context).Tenant ?? Given(context, "tenant"),
            cancellation)).FirstOrDefault();

    // Databases do not accept NUL.
    static string? Given(HttpContext context, string name) =>
        context.Request.Query[name] is [{ } text, ..] ? text.Replace('\0', '\uFFFD') : null;

    Task ShowAll(HttpContext context) => desk.Show(context, Places.Jobs,
        frame => List(frame, JobQuery.Of(context.Request.Query), context.RequestAborted));

    Task ShowOne(HttpContext context) => desk.Show(context, Places.Jobs,
        frame => One(frame, context));

    async Task<IResult> List(Frame frame, JobQuery query, CancellationToken cancellation)
    {
        // A search for a complete id opens that job.
        if (query is { Text: { } text } && query == new JobQuery { Text = text }
            && await search.Find([text], frame.Visitor.Tenant, cancellation) is [var only])
            return Results.LocalRedirect(JobAddress.Of(only.Key));
        var (page, isBounded) = await search.Page(query.Filter(frame.Visitor.Tenant, frame.Now), PageLength + 1,
            cancellation);
        return Page.Of(JobsPage.Of(frame, query, [.. page.Take(PageLength)], page.Count > PageLength, isBounded));
    }

    async Task<IResult> One(Frame frame, HttpContext context)
    {
        if (await Find(search, context, context.RequestAborted) is not { } whole)
            return PageDesk.NotFound(frame, "No such job",
                $"There is no record of the job '{Given(context, "id")}': no worker with this database has seen "
                    + "it, it was deleted, or it ended longer ago than Records:KeepFor.");
        var view = new JobView(whole, cipher, frame.Now);
        return Page.Of(JobPage.Of(
            frame with { Live = view.HasEnded ? null : JobAddress.Of(JobAddress.Live, view.Record.Key) }, view));
    }

    async Task Send(HttpContext context)
    {
        if (await Find(search, context, context.RequestAborted) is not { Record.Key: var key })
            throw new WebProblem(StatusCodes.Status404NotFound, "not_found", "There is no such job.").Thrown();
        var mayOperate = Visitor.Of(context).May(WebRoles.Operate);
        await shows.Send(context, $"job {mayOperate} {key.Tenant}\n{key.Id}", async () =>
            (await search.Find(key.Id, key.Tenant, CancellationToken.None)).FirstOrDefault() is { } whole
                ? Parts(new(whole, cipher, desk.Now), mayOperate)
                : []);
    }

    /// <summary>The panels that change.</summary>
    public static IReadOnlyList<LivePart> Parts(JobView view, bool mayOperate) =>
    [
        new("job-title", null, JobTitle.Of(view)), new("job-facts", "third", JobFacts.Of(view, mayOperate)),
        new("job-timeline", "wide", JobTimeline.Of(view)), new("job-contents", null, JobContentsPart.Of(view)),
    ];
}
