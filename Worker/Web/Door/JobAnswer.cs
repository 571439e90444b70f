using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Shown;

namespace OpenAIWorker.Web.Door;

/// <summary>Answers about jobs.</summary>
static class JobAnswer
{
    public const string Json = "application/json";

    /// <summary>The broker has confirmed the job.</summary>
    public static Task Sent(HttpContext context, SentJob sent)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = AddressOf(sent.Key);
        return Write(context, Of(sent));
    }

    /// <summary>The job's ending, as it was published.</summary>
    public static Task Ended(HttpContext context, EndedJob ended)
    {
        context.Response.ContentType = Json;
        context.Response.Headers.ContentLocation = AddressOf(ended.Record.Key);
        context.Response.ContentLength = ended.Ending.Length;
        return context.Response.Body.WriteAsync(ended.Ending, context.RequestAborted).AsTask();
    }

    /// <summary>Omits members without a value.</summary>
    public static Task Write(HttpContext context, JsonObject members)
    {
        context.Response.ContentType = Json;
        return context.Response.WriteAsync(JobJson.Told(members).ToJsonString(), context.RequestAborted);
    }

    public static JsonObject Of(SentJob sent) => new() { ["jobId"] = sent.Key.Id, ["state"] = sent.State };

    /// <summary>The address of a job.</summary>
    public static string AddressOf(JobKey job) => $"/jobs/{Uri.EscapeDataString(job.Id)}";
}
