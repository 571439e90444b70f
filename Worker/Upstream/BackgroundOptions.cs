using OpenAIWorker.Contracts;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Upstream;

/// <summary>
/// The section <c>OpenAI:Background</c>: long answers, which the provider computes in the background.
/// </summary>
sealed record BackgroundOptions
{
    /// <summary>How long a response in the background may take. A job's own <c>timeout</c> overrides it.</summary>
    [Allowed("00:00:01", "1.00:00:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Models that answer in the background unless a job says otherwise, joined by commas; a <c>*</c> at the end of a
    /// name matches anything.
    /// </summary>
    public string? Models { get; init; }

    /// <summary>
    /// Reasoning efforts, such as <c>high,xhigh</c>, with which models answer in the background unless a job says
    /// otherwise.
    /// </summary>
    public string? Efforts { get; init; }

    public bool IsFor(MessageModel request) => request.Model is { } model && NameList.Has(Models, model)
        || request.ReasoningEffort is { } effort && NameList.Has(Efforts, effort);
}
