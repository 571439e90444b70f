using OpenAIWorker.Contracts;

namespace OpenAIWorker.Storage.Records;

/// <summary>The result of claiming a job.</summary>
abstract record ClaimAnswer
{
    /// <summary>This worker has the job.</summary>
    /// <param name="Progress">
    /// The job's progress, if it has more steps behind it than its message says; else null.
    /// </param>
    public sealed record Mine(byte[]? Progress) : ClaimAnswer
    {
        public static readonly Mine AsDelivered = new((byte[]?)null);
    }

    /// <summary>The job has ended.</summary>
    /// <param name="State"><see cref="JobStates.Completed"/> or <see cref="JobStates.Failed"/>.</param>
    /// <param name="Operation">Its operation.</param>
    /// <param name="Body">The event as it was published.</param>
    public sealed record Ended(string State, string Operation, byte[] Body) : ClaimAnswer
    {
        /// <summary>The event, if it need not be read from its body.</summary>
        public IJobEnding? Event { get; init; }
    }

    /// <summary>Another worker has it.</summary>
    /// <param name="Since">Since when.</param>
    public sealed record Elsewhere(DateTimeOffset Since) : ClaimAnswer;

    /// <summary>The id belongs to another request.</summary>
    /// <param name="Operation">The operation of that request.</param>
    public sealed record OtherRequest(string Operation) : ClaimAnswer;

    /// <summary>Its group has another size.</summary>
    /// <param name="Size">The size that the group's first job stated.</param>
    public sealed record OtherSize(int Size) : ClaimAnswer;
}
