using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door;

/// <summary>A job that has ended.</summary>
/// <param name="Record">What became of it.</param>
/// <param name="Ending">The event that ended it, as it was published.</param>
sealed record EndedJob(JobRecord Record, byte[] Ending)
{
    public bool IsCompleted => Record.State == JobStates.Completed;
}
