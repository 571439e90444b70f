using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.DeadLetters;

/// <summary>Selects dead letters. A null member selects all.</summary>
sealed record DeadLetterFilter(
    string? Operation, string? Code, string? Model, string? JobId, TimeSpan? OlderThan, TimeSpan? NewerThan)
{
    /// <summary>The tenant whose jobs are meant; empty for jobs without one.</summary>
    public string? Tenant { get; init; }

    public bool IsEmpty => this == new DeadLetterFilter(null, null, null, null, null, null);

    public bool Matches(DeadLetter letter, DateTimeOffset now) =>
        Is(Operation, letter.Operation) && Is(Code, letter.Code) && Is(Model, letter.Model)
        // Ids are told apart by case, and belong to a tenant.
        && (JobId is null || JobId == letter.JobId) && (Tenant is null || Tenant == letter.Tenant)
        && (OlderThan is null || letter.FailedAt < now - OlderThan)
        && (NewerThan is null || letter.FailedAt > now - NewerThan);

    static bool Is(string? wanted, string given) =>
        wanted is null || wanted.Equals(given, StringComparison.OrdinalIgnoreCase);
}
