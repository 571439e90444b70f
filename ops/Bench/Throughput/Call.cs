namespace OpenAIWorker.Bench.Throughput;

/// <summary>What each job asks of the provider.</summary>
/// <param name="IsChat">Chat Completions, not Responses.</param>
/// <param name="Characters">The prompt's length.</param>
sealed record Call(bool IsChat, int Characters)
{
    public const int MaxTokens = 16;

    const int CharactersPerToken = 4;

    /// <summary>As the provider counts, roughly.</summary>
    public int InputTokens => Characters / CharactersPerToken;

    public int Tokens => InputTokens + MaxTokens;

    public override string ToString() => $"{(IsChat ? "chat" : "responses")}, {Characters:N0}";
}
