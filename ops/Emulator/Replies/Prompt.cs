namespace OpenAIWorker.Emulator.Replies;

/// <summary>What a request asks for, whichever API it came by.</summary>
sealed record Prompt
{
    public static readonly Prompt Nothing = new();

    /// <summary>What the user said last.</summary>
    public string Text { get; init; } = "";

    /// <summary>What tools answered after that.</summary>
    public string? ToolResult { get; init; }

    public int Images { get; init; }

    /// <summary>The input's estimated tokens.</summary>
    public int Tokens { get; init; } = 1;

    public int? MaxOutputTokens { get; init; }
    public int ReasoningTokens { get; init; }
    public string[] Stops { get; init; } = [];
    public ReplyFormat Format { get; init; } = ReplyFormat.Text;

    /// <summary>The functions the reply has to call.</summary>
    public IReadOnlyList<FunctionTool> Functions { get; init; } = [];

    /// <summary>What the model goes by.</summary>
    public string LastSaid => ToolResult ?? Text;

    /// <summary>OpenAI charges the larger of both before it starts.</summary>
    public int Charge => Math.Max(MaxOutputTokens ?? 0, Tokens);
}
