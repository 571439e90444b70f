using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>The failures of requests about assistants.</summary>
static class AssistantFailures
{
    public static FailureException NotFound(string? id, string? name) => id is not null
        ? new(new(FailureKind.Permanent, FailureCodes.NotFound, $"There is no assistant '{id}'.",
            Remedy.Sender)
        { Member = "assistantId" })
        : new(new(FailureKind.Permanent, FailureCodes.NotFound, $"There is no assistant with the name '{name}'.",
            Remedy.Sender)
        { Member = "assistantName" });

    public static FailureException Ambiguous(string name, IEnumerable<string?> ids) => new(
        Failure.Invalid("assistantName",
            $"assistantName is '{name}', but several assistants have this name: {string.Join(", ", ids)}. Give "
                + "assistantId."));

    public static FailureException Exists(string name, string? id) => new(
        new(FailureKind.Permanent, FailureCodes.Conflict,
            $"name is '{name}', but {id} already has this name. Choose another, or leave out failIfExists.",
            Remedy.Sender)
        { Member = "name" });

    public static FailureException NoThread(string id) => new(
        new(FailureKind.Permanent, FailureCodes.NotFound, $"There is no thread '{id}'.",
            Remedy.Sender)
        { Member = "threadId" });

    public static Failure RunTooLong(string id, TimeSpan timeout) => new(FailureKind.Permanent, FailureCodes.Timeout,
        $"The provider worked on run {id} for longer than {timeout}, and was told to stop. It may have been billed. "
            + "Raise timeout (OpenAI:Background:Timeout).");

    /// <summary>Not a failure of the job: it waits until the other one is done.</summary>
    public static FailureException Busy(string what) => new(
        new(FailureKind.Throttled, FailureCodes.Conflict, $"Another job is using {what}. This one waits for it.",
            Remedy.Provider));
}
