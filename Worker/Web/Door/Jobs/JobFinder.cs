using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door.Jobs;

/// <summary>Finds the record of the job in an address. A job of another tenant is reported as not found.</summary>
sealed class JobFinder(RecordSearch records)
{
    /// <summary>Null: there is no record.</summary>
    /// <exception cref="WebProblemException">Several tenants have a job with this id.</exception>
    public async Task<WholeRecord?> Find(HttpContext context, string id) =>
        await records.Find(id, Asked.Tenant(context), context.RequestAborted) switch
        {
            [] => null,
            [var only] => only,
            var several => throw new WebProblem(StatusCodes.Status409Conflict, "several_tenants",
                $"{several.Count} tenants have a job with this id. Name one: ?tenant=NAME.")
            { Member = "tenant" }.Thrown(),
        };

    /// <summary>There is no record of the job.</summary>
    public static WebProblem None(string id) => new(StatusCodes.Status404NotFound, FailureCodes.NotFound,
        $"There is no record of the job '{Excerpt.Marked(id, LongestShown)}': no worker with this database and "
            + "Records:Keep has seen it, it was deleted, or it ended longer ago than Records:KeepFor.");

    const int LongestShown = 256;
}
