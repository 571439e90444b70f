namespace OpenAIWorker.Storage.Groups;

/// <summary>How far a group has come.</summary>
/// <param name="Key">Which.</param>
/// <param name="Size">How many jobs it was said to have.</param>
/// <param name="Completed">Jobs with a result.</param>
/// <param name="Failed">Jobs that failed or were cancelled.</param>
/// <param name="FirstSeen">When a worker saw its first job.</param>
/// <param name="ChangedAt">When a job of it ended last; before that, when it was first seen.</param>
/// <param name="EndedAt">When its last job ended; null before.</param>
record GroupProgress(GroupKey Key, int Size, int Completed, int Failed, DateTimeOffset FirstSeen,
    DateTimeOffset ChangedAt, DateTimeOffset? EndedAt)
{
    /// <summary>Jobs that have ended.</summary>
    public int Ended => Completed + Failed;
}

/// <summary>The same with what only a look at each of its jobs tells.</summary>
/// <param name="Progress">How far it has come.</param>
/// <param name="Waiting">Jobs that wait.</param>
/// <param name="Running">Jobs that are called.</param>
/// <param name="InputTokens">What its jobs used.</param>
/// <param name="OutputTokens">The same of outputs.</param>
/// <param name="Cost">What that cost; null where nothing has a price.</param>
/// <param name="Currency">Of the cost.</param>
sealed record WholeGroup(GroupProgress Progress, long Waiting, long Running, long InputTokens, long OutputTokens,
    double? Cost, string? Currency)
{
    /// <summary>Jobs that no worker has seen yet, as far as its size is true.</summary>
    public long Unseen => Math.Max(0, Progress.Size - Progress.Ended - Waiting - Running);
}

/// <summary>A place in the list of groups.</summary>
readonly record struct GroupMark(DateTimeOffset FirstSeen, string Id);
