using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door;

/// <summary>The result of sending a job.</summary>
/// <param name="Key">The job.</param>
/// <param name="State">Its state.</param>
/// <param name="Problem">Why it was not sent; null if it was.</param>
sealed record SentJob(JobKey Key, string State, WebProblem? Problem);
