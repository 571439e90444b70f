using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door;

/// <summary>A job that has ended.</summary>
/// <param name="Record">The job's record.</param>
/// <param name="Ending">The ending's event, as it was published.</param>
sealed record EndedJob(JobRecord Record, byte[] Ending)
{
    public bool IsCompleted => Record.State == JobStates.Completed;
}
