namespace OpenAIWorker.Emulator.Billing;

/// <summary>What OpenAI would charge, counted by job.</summary>
public sealed record Bill
{
    /// <summary>Calls received on known endpoints, refused ones included.</summary>
    public required long Calls { get; init; }

    /// <summary>Calls that were accepted and processed, including those whose answer never arrived.</summary>
    public required long Billed { get; init; }

    /// <summary>Jobs with at least one billed call. Calls without a job are not counted.</summary>
    public required int Jobs { get; init; }

    /// <summary>Jobs with more than one billed call.</summary>
    public required int BilledTwice { get; init; }

    /// <summary>The first 100 of them, in the order of their second call.</summary>
    public required IReadOnlyList<string> JobsBilledTwice { get; init; }

    /// <summary>Billed calls by model, as the caller wrote it.</summary>
    public required IReadOnlyDictionary<string, long> ByModel { get; init; }

    /// <summary>Finished calls by status; 0 counts those that got no answer.</summary>
    public required IReadOnlyDictionary<int, long> ByStatus { get; init; }
}
