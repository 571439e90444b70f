using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door;

/// <summary>What came of sending a job.</summary>
/// <param name="Key">Which.</param>
/// <param name="State">How it stands.</param>
/// <param name="Problem">Why it was not sent; null where it was.</param>
sealed record SentJob(JobKey Key, string State, WebProblem? Problem);
