using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Shown;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Door.Jobs;

/// <summary>Shows the state of jobs.</summary>
sealed class JobRoutes(JobFinder finder, RecordSearch records, EndingTail tail, ContentCipher cipher) : IWebRoutes
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/jobs", List).RequireAuthorization(WebRoles.Read);
        routes.MapGet("/jobs/{id}", One).RequireAuthorization(WebRoles.Read);
        routes.MapGet("/jobs/{id}/ending", Ending).RequireAuthorization(WebRoles.Read);
    }

    async Task List(HttpContext context)
    {
        var query = JobListQuery.Of(context);
        // One more, to know whether there is a next page.
        var found = await records.List(query.Filter, query.Limit + 1, context.RequestAborted);
        var (page, next) = (found.Take(query.Limit).ToList(),
            found.Count > query.Limit ? JobListQuery.Cursor(found[query.Limit - 1]) : null);
        if (next is not null)
            context.Response.Headers.Link = $"<{Next(context.Request, next)}>; rel=\"next\"";
        await JobAnswer.Write(context, new()
        {
            ["jobs"] = new JsonArray([.. page.Select(record => JobJson.Told(JobJson.Of(record)))]),
            ["next"] = next,
        });
    }

    async Task One(HttpContext context)
    {
        var (id, found) = await Found(context, 0);
        await JobAnswer.Write(context, found is null ? throw JobFinder.None(id).Thrown() : JobJson.Of(found, cipher));
    }

    async Task Ending(HttpContext context)
    {
        var (id, found) = await Found(context, 1);
        if (found is null)
            throw JobFinder.None(id).Thrown();
        if (found.Ending is { } ending)
            await JobAnswer.Ended(context, new(found.Record, cipher.Open(found.Record.Key, ending)));
        else
            await JobAnswer.Sent(context, new(found.Record.Key, found.Record.State, null));
    }

    async Task<(string Id, WholeRecord? Found)> Found(HttpContext context, int behind)
    {
        Asked.Only(context.Request, "tenant");
        var id = Asked.Id(context.Request, behind);
        var found = await finder.Find(context, id);
        if (found?.Record.EndedAt is not null || RequestWords.Wait(context) is not { } time)
            return (id, found);
        // A job that no worker has seen yet may still appear.
        await tail.Wait(found?.Record.Key ?? new(id, Asked.Tenant(context) ?? ""), time, context.RequestAborted);
        return (id, await finder.Find(context, id));
    }

    static string Next(HttpRequest request, string cursor) => QueryHelpers.AddQueryString(request.Path,
        request.Query.Where(one => one.Key != "after").Append(new("after", cursor)));
}
