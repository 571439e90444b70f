using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>
/// A response as it will be when complete. A background response is shown earlier, without its output.
/// </summary>
sealed record DraftedResponse(
    string Id,
    string Model,
    JsonElement Body,
    Prompt Prompt,
    Reply Reply,
    DateTimeOffset CreatedAt,
    DateTimeOffset DoneAt)
{
    /// <summary>What the text cites.</summary>
    public IReadOnlyList<JsonElement> Annotations { get; init; } = [];

    // The items keep their ids, however often the response is fetched.
    public string MessageId { get; } = NewId.Of("msg_");
    public string PictureId { get; } = NewId.Of("ig_");
    public string ReasoningId { get; } = NewId.Of("rs_");

    public bool IsBackground => Body.IsTrue("background");

    /// <summary>A queued response starts after half of its time.</summary>
    public string StatusAt(DateTimeOffset now) => now switch
    {
        _ when now >= DoneAt => Reply.IsCut ? "incomplete" : "completed",
        _ when now - CreatedAt >= (DoneAt - CreatedAt) / 2 => "in_progress",
        _ => "queued",
    };
}
