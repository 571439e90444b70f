using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>
/// The model calls a function. Sent to the queue of its handler, which sends a <see cref="ToolAnswered"/> to the
/// message's <c>reply_to</c>, with its <c>correlation_id</c>. The same call may come twice, with the same
/// <see cref="CallId"/>.
/// </summary>
public sealed record CallTool
{
    /// <summary>
    /// The id of the call, repeated in its answer. It is made from the job, the round and the position in the round, so
    /// it is the same however often the job is delivered.
    /// </summary>
    public string CallId { get; init; } = "";

    /// <summary>The function.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its arguments, an object as the model wrote it: not checked against the function's schema.</summary>
    public JsonElement Arguments { get; init; }

    /// <summary>The job for which it is called.</summary>
    public string JobId { get; init; } = "";

    /// <summary>After this time an answer is ignored; the model is told that there was none.</summary>
    public DateTimeOffset Deadline { get; init; }

    /// <summary>The pairs of the request, untouched.</summary>
    [Each(MayBeNull = true)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
