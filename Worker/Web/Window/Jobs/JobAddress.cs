using Microsoft.AspNetCore.WebUtilities;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Window.Jobs;

/// <summary>A job's address. Senders choose ids freely, so an id is not a part of the path.</summary>
static class JobAddress
{
    public const string Page = "/window/job";
    public const string Json = "/window/job.json";
    public const string Edit = "/window/job/edit";
    public const string Again = "/window/job/again";
    public const string Cancel = "/window/job/cancel";
    public const string Live = "/live/job";
    public const string Media = "/window/media";

    public static string Of(JobKey job) => Of(Page, job);

    public static string Of(string path, JobKey job, params (string Name, string? Value)[] more) =>
        QueryHelpers.AddQueryString(path, new Dictionary<string, string?>(
            [
                new("id", job.Id), .. job.Tenant.Length > 0 ? [new("tenant", job.Tenant)]
                    : Array.Empty<KeyValuePair<string, string?>>(),
                .. more.Select(one => new KeyValuePair<string, string?>(one.Name, one.Value)),
            ]));
}
