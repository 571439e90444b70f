using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door;

/// <summary>Answers about one job.</summary>
static class JobAnswer
{
    const string Json = "application/json";

    /// <summary>The job is safe in the broker.</summary>
    public static Task Sent(HttpContext context, JobKey job)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (StatusCodes.Status202Accepted, Json);
        context.Response.Headers.Location = AddressOf(job);
        return context.Response.WriteAsync(Accepted(job).ToJsonString());
    }

    /// <summary>Its ending, as it was published.</summary>
    public static Task Ended(HttpContext context, EndedJob ended)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (StatusCodes.Status200OK, Json);
        context.Response.Headers.ContentLocation = AddressOf(ended.Record.Key);
        context.Response.ContentLength = ended.Ending.Length;
        return context.Response.Body.WriteAsync(ended.Ending, context.RequestAborted).AsTask();
    }

    public static JsonObject Accepted(JobKey job) => new() { ["jobId"] = job.Id, ["state"] = JobStates.Waiting };

    /// <summary>Where a job is looked at.</summary>
    public static string AddressOf(JobKey job) => $"/jobs/{Uri.EscapeDataString(job.Id)}";
}
