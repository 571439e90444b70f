namespace OpenAIWorker.Emulator.Replies;

/// <summary>
/// A function that the model calls, with arguments as JSON text. Its ids stay the same, however often the answer is
/// fetched.
/// </summary>
sealed record FunctionCall(string Name, string Arguments)
{
    public string ItemId { get; } = NewId.Of("fc_");
    public string CallId { get; } = NewId.Of("call_");
}
