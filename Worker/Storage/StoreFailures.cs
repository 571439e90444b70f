using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Storage;

/// <summary>A store's fault as the failure of a job.</summary>
static class StoreFailures
{
    const string Waits = " The job waits until it is back.";

    /// <param name="store">What it keeps, such as <c>payloads</c>.</param>
    /// <param name="fault">What is wrong with it.</param>
    public static Failure Of(string store, StoreFault fault) => fault.Cure is { } cure
        ? new(FailureKind.Permanent, FailureCodes.StoreRefused,
            $"The worker's {Of(store)} cannot be used: {fault.Why}. {cure}", Remedy.Operator)
        // Waiting for a store uses up no attempt: nothing was called.
        : new(FailureKind.Throttled, FailureCodes.StoreUnavailable,
            $"The worker's {Of(store)} is away: {fault.Why}.{Waits}", Remedy.Operator);

    /// <summary>A store in words: the database keeps many things.</summary>
    public static string Of(string store) => store == Databases.Database.Name ? store : $"store of {store}";

    public static bool IsOne(Failure failure) =>
        failure.Code is FailureCodes.StoreUnavailable or FailureCodes.StoreRefused;

    /// <summary>What is wrong with the store, where no job waits for it.</summary>
    public static string Bare(Failure failure) => failure.Message.Replace(Waits, "", StringComparison.Ordinal);

    /// <summary>The provider has answered, and the answer found no place before the job's time was over.</summary>
    public static Failure Lost(Failure last) => last with
    {
        Kind = FailureKind.Permanent,
        Message =
            "The provider answered, but the result could not be stored in time. The call is not repeated. "
                + Bare(last),
    };
}
