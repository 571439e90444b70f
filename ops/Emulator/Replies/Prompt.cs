using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Emulator.Replies;

/// <summary>What a request asks for, independent of the API.</summary>
sealed record Prompt
{
    public static readonly Prompt Nothing = new();

    /// <summary>The user's last text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The answers of tools after that.</summary>
    public string? ToolResult { get; init; }

    public int Images { get; init; }

    /// <summary>The input's estimated tokens.</summary>
    public int Tokens { get; init; } = 1;

    /// <summary>Whether input and output are charged together, which OpenAI does not.</summary>
    public bool IsChargedForBoth { get; init; }

    public int? MaxOutputTokens { get; init; }
    public int ReasoningTokens { get; init; }
    public string[] Stops { get; init; } = [];
    public ReplyFormat Format { get; init; } = ReplyFormat.Text;

    /// <summary>The functions that the reply must call.</summary>
    public IReadOnlyList<FunctionTool> Functions { get; init; } = [];

    /// <summary>The text that the reply is based on.</summary>
    public string LastSaid => ToolResult ?? Text;

    /// <summary>OpenAI charges the larger of both before the call starts.</summary>
    public int Charge =>
        IsChargedForBoth ? Tokens + (MaxOutputTokens ?? 0) : Math.Max(MaxOutputTokens ?? 0, Tokens);

    /// <summary>The same as a provider counts it.</summary>
    public Prompt CountedBy(TokenCount? count) => count is null
        ? this
        : this with { Tokens = (int)Math.Ceiling(Tokens * count.Factor) + count.Overhead, IsChargedForBoth = true };
}
