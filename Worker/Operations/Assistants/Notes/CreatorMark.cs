using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Operations.Assistants.Notes;

/// <summary>
/// The mark that a job writes into the metadata of the things that it creates at the provider, to find them again: its
/// id, and a hash of its request, because ids may be used twice.
/// </summary>
static class CreatorMark
{
    /// <summary>The number of metadata pairs that it uses.</summary>
    public const int Pairs = 2;

    const string Job = "job_id";
    const string Request = "request_hash";
    const int Digits = 16;

    public static Dictionary<string, string> Of(JobRequest request) =>
        new() { [Job] = request.JobId!, [Request] = HashOf(request) };

    public static bool IsOn(JsonElement thing, JobRequest request) =>
        thing.Member("metadata") is { } marks && marks.Text(Job) == request.JobId
            && marks.Text(Request) == HashOf(request);

    static string HashOf(JobRequest request) => RequestHash.Of(request, "")[..Digits];
}
