namespace OpenAIWorker.Storage.Groups;

/// <summary>The progress of a group.</summary>
/// <param name="Key">The group.</param>
/// <param name="Size">The number of its jobs, as the sender stated it.</param>
/// <param name="Completed">Jobs with a result.</param>
/// <param name="Failed">Jobs that failed or were cancelled.</param>
/// <param name="FirstSeen">When a worker saw its first job.</param>
/// <param name="ChangedAt">When a job of it last ended; before that, when it was first seen.</param>
/// <param name="EndedAt">When its last job ended; null before.</param>
record GroupProgress(GroupKey Key, int Size, int Completed, int Failed, DateTimeOffset FirstSeen,
    DateTimeOffset ChangedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Jobs that have ended.</summary>
    public int Ended => Completed + Failed;
}

/// <summary>The progress, with values that must be read from each of its jobs.</summary>
/// <param name="Progress">The progress.</param>
/// <param name="Waiting">Jobs that wait.</param>
/// <param name="Running">Jobs that run.</param>
/// <param name="InputTokens">The input tokens of its jobs.</param>
/// <param name="OutputTokens">The output tokens of its jobs.</param>
/// <param name="Cost">Their cost; null if nothing has a price.</param>
/// <param name="Currency">The currency of the cost.</param>
sealed record WholeGroup(GroupProgress Progress, long Waiting, long Running, long InputTokens, long OutputTokens,
    double? Cost, string? Currency)
{
    /// <summary>Jobs that no worker has seen yet, if the stated size is right.</summary>
    public long Unseen => Math.Max(0, Progress.Size - Progress.Ended - Waiting - Running);
}

/// <summary>A position in the list of groups.</summary>
readonly record struct GroupMark(DateTimeOffset FirstSeen, string Id);
