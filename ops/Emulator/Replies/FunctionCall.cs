namespace OpenAIWorker.Emulator.Replies;

/// <summary>
/// A function that the model calls, its arguments as JSON text. Its ids stay, however often the answer is fetched.
/// </summary>
sealed record FunctionCall(string Name, string Arguments)
{
    public string ItemId { get; } = NewId.Of("fc_");
    public string CallId { get; } = NewId.Of("call_");
}
