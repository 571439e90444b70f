using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Storage;

/// <summary>Turns a store's fault into the failure of a job.</summary>
static class StoreFailures
{
    const string Waits = " The job waits until it is available again.";

    /// <param name="store">The name of the store, such as <c>payloads</c>.</param>
    /// <param name="fault">The fault.</param>
    public static Failure Of(string store, StoreFault fault) => fault.Cure is { } cure
        ? new(FailureKind.Permanent, FailureCodes.StoreRefused,
            $"The worker's {Of(store)} cannot be used: {fault.Why}. {cure}", Remedy.Operator)
        // Waiting for a store uses no attempt, because nothing was called.
        : new(FailureKind.Throttled, FailureCodes.StoreUnavailable,
            $"The worker's {Of(store)} is unavailable: {fault.Why}.{Waits}", Remedy.Operator);

    /// <summary>The name of a store in a sentence.</summary>
    public static string Of(string store) => store == Databases.Database.Name ? store : $"store of {store}";

    public static bool IsOne(Failure failure) =>
        failure.Code is FailureCodes.StoreUnavailable or FailureCodes.StoreRefused;

    /// <summary>What is wrong with the store, if no job waits for it.</summary>
    public static string Bare(Failure failure) => failure.Message.Replace(Waits, "", StringComparison.Ordinal);

    /// <summary>The provider has answered, but the answer could not be stored before the job's time ended.</summary>
    public static Failure Lost(Failure last) => last with
    {
        Kind = FailureKind.Permanent,
        Message =
            "The provider answered, but the result could not be stored in time. The call is not repeated. "
                + Bare(last),
    };
}
