using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Window.Live;
using OpenAIWorker.Web.Window.Parts;

namespace OpenAIWorker.Web.Window.Failures;

/// <summary>The failed jobs by cause; sends them again and discards them.</summary>
sealed class FailureRoutes(PageDesk desk, RecordCounts counts, RecordSearch search, FailureWork work, TickCache cache,
    LiveShows shows) : IWebRoutes
{
    public const string Replay = "/window/failures/replay";
    public const string Drop = "/window/failures/drop";
    const string Live = "/live/failures";
    const int LastFailures = 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Places.Failures.Address, desk.At(Places.Failures, (frame, _) => Show(frame)))
            .RequireAuthorization(WebRoles.Read);
        routes.MapGet(Live, Send).RequireAuthorization(WebRoles.Read);
        foreach (var path in new[] { Replay, Drop })
        {
            routes.MapGet(path, desk.At(Places.Failures, (frame, context) => Ask(frame, context, path)))
                .RequireAuthorization(WebRoles.Operate);
            routes.MapPost(path, desk.At(Places.Failures, (frame, context) => Begin(frame, context, path)))
                .RequireAuthorization(WebRoles.Operate);
        }
    }

    /// <summary>The address for a group of failures.</summary>
    public static string Address(string path, FailureCount group) => QueryHelpers.AddQueryString(path,
        new Dictionary<string, string?>
        {
            ["code"] = group.Code,
            ["operation"] = group.Operation,
            ["model"] = group.Model,
        }.Where(given => given.Value is { Length: > 0 }));

    async Task<IResult> Show(Frame frame)
    {
        var tenant = frame.Visitor.Tenant;
        return Page.Of(FailuresPage.Of(frame with { Live = Live }, await Groups(tenant), await Last(tenant),
            frame.MayOperate ? work.Progress : null));
    }

    Task Send(HttpContext context)
    {
        var frame = desk.Bare(context, Places.Failures);
        var tenant = frame.Visitor.Tenant;
        return shows.Send(context, $"failures {frame.MayOperate} {tenant}", async () =>
        [
            new("failure-work", null, FailuresPage.Work(frame.MayOperate ? work.Progress : null)),
            new("failure-groups", "", FailuresPage.Groups(frame, await Groups(tenant))),
            new("failure-last", "", FailuresPage.Last(frame, await Last(tenant))),
        ]);
    }

    async Task<IResult> Ask(Frame frame, HttpContext context, string path)
    {
        var query = context.Request.Query;
        var (code, operation, model) = (query.Text("code"), query.Text("operation"), query.Text("model"));
        var jobs = (await Groups(null)).Where(group => (code is null || group.Code == code)
            && (operation is null || group.Operation == operation) && (model is null || group.Model == model))
            .Sum(group => group.Jobs);
        var which = string.Join(", ", new[] { code, operation, model }.OfType<string>());
        var (isReplay, said) = (path == Replay, Words.Count(jobs, "job"));
        return Page.Of(Confirm.Of(frame, isReplay
            ? new($"Send {said} again?", $"Send {said} again", path, Places.Failures.Address)
            {
                Says =
                [
                    $"These are the jobs that failed with {which}. They keep their ids, and get all their attempts "
                        + "again; their cost is paid again.",
                    "Jobs whose message is no longer in the dead-letter queue are skipped.",
                ],
                Fields = [("code", code), ("operation", operation), ("model", model)],
            }
            : new($"Discard {said}?", $"Discard {said}", path, Places.Failures.Address)
            {
                Says =
                [
                    $"These are the jobs that failed with {which}. Their messages are removed from the dead-letter "
                        + "queue and their records are deleted. They cannot be restored.",
                ],
                Fields = [("code", code), ("operation", operation), ("model", model)],
                IsDangerous = true,
            }));
    }

    async Task<IResult> Begin(Frame frame, HttpContext context, string path)
    {
        var form = await Deeds.Form(context);
        var which = new JobFilter
        {
            State = JobStates.Failed,
            Code = form.Text("code"),
            Operation = form.Text("operation"),
            Model = form.Text("model"),
        };
        return work.Begin(path == Replay, which)
            ? Deeds.Then(Places.Failures.Address, "begun")
            : Page.Of(MissingPage.Of(frame, "Another action is still running",
                "Jobs are already being sent again or discarded, one group after another. Try again when that is "
                    + "done."),
                StatusCodes.Status409Conflict);
    }

    Task<List<FailureCount>> Groups(string? tenant) => cache.Get($"failure groups {tenant}",
        cancellation => counts.Failures(DateTimeOffset.UnixEpoch, tenant, cancellation));

    Task<List<JobRecord>> Last(string? tenant) => cache.Get($"last failures {tenant}", cancellation =>
        search.List(new() { State = JobStates.Failed, Tenant = tenant }, LastFailures, cancellation));
}
