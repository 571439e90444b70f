using System.Text.Json;
using System.Text.Json.Serialization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Records;

/// <summary>What the record keeps of a job between its steps: the same as its message carries.</summary>
/// <param name="State">The result of its steps so far.</param>
/// <param name="Spent">Their usage.</param>
/// <param name="Cost">Their cost: see <see cref="JobCost.Write"/>.</param>
sealed record JobProgress(JobState State, Usage? Spent, string? Cost)
{
    /// <summary>Whether a step got the job further, and did not only ask whether the provider is done.</summary>
    public static bool IsMade(JobState? before, JobState after) =>
        after with { Step = 0 } != (before ?? new()) with { Step = 0 };

    public static byte[] Write(Job job) => JsonSerializer.SerializeToUtf8Bytes(
        new JobProgress(job.State!, job.Spent, job.Cost.Write()), JobProgressJson.Default.JobProgress);

    /// <summary>The job with this progress.</summary>
    public static Job Of(byte[] text, Job job) =>
        JsonSerializer.Deserialize(text, JobProgressJson.Default.JobProgress) is { State: not null } progress
            ? job with
            {
                State = progress.State,
                IsStateLost = false,
                Spent = progress.Spent,
                Cost = JobCost.Read(progress.Cost)
            }
            : job;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 512)]
[JsonSerializable(typeof(JobProgress))]
sealed partial class JobProgressJson : JsonSerializerContext;
