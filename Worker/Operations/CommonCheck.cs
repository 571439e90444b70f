using System.Text.Json;
using OpenAIWorker.Contracts;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations;

/// <summary>The rules of the members that every request has.</summary>
static class CommonCheck
{
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(25);

    public static void Of(JobRequest request)
    {
        Length("jobId", request.JobId, 256);
        NoNul("jobId", request.JobId);
        Range("maxRetries", request.MaxRetries, 0, 100);
        Range("priority", request.Priority, 0, 9);
        Length("safetyIdentifier", request.SafetyIdentifier, 64);
        if (request.Timeout is { } timeout)
            Never("timeout", timeout < TimeSpan.FromSeconds(1) || timeout > LongestTimeout,
                $"is {timeout}, allowed are 00:00:01 to {LongestTimeout}: longer calls would outlast the broker's patience.");
        Never("extra", request.HasExtra("stream") && request.Extra!["stream"].ValueKind == JsonValueKind.True,
            "stream is true, but a job has one answer. Leave it out.");
    }
}
