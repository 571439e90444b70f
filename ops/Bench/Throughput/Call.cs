namespace OpenAIWorker.Bench.Throughput;

/// <summary>The call of each job.</summary>
/// <param name="IsChat">Whether it goes to Chat Completions instead of Responses.</param>
/// <param name="Characters">The prompt's length.</param>
sealed record Call(bool IsChat, int Characters)
{
    public const int MaxTokens = 16;

    const int CharactersPerToken = 4;

    /// <summary>Approximately as the provider counts.</summary>
    public int InputTokens => Characters / CharactersPerToken;

    public int Tokens => InputTokens + MaxTokens;

    public override string ToString() => $"{(IsChat ? "chat" : "responses")}, {Characters:N0}";
}
