using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>List the assistants of a credential. Ends as <see cref="AssistantsListed"/>.</summary>
public sealed record ListAssistants : JobRequest
{
    /// <summary><c>asc</c>: oldest first. <c>desc</c>: newest first. Omitted: <c>desc</c>.</summary>
    [AllowedValues(null, "asc", "desc")]
    public string? Order { get; init; }

    /// <summary>How many at most, 1 to 100. Omitted: 20.</summary>
    [Range(1, 100)]
    public int? Limit { get; init; }

    /// <summary>
    /// Only assistants after this one in the order: the last id of the previous page. Omitted: from the start.
    /// </summary>
    public string? After { get; init; }

    /// <summary>
    /// True: the assistants as members of the result. False: OpenAI's list of assistant objects, in <c>raw</c>.
    /// Omitted: true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="ListAssistants"/>.</summary>
public sealed record AssistantsListed : OperationResult
{
    /// <summary>The assistants, in the order that was asked for.</summary>
    public IReadOnlyList<Assistant>? Assistants { get; init; }

    /// <summary>Whether there are more behind the last of them.</summary>
    public bool? HasMore { get; init; }
}
