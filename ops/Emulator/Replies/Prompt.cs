namespace OpenAIWorker.Emulator.Replies;

/// <summary>What a request asks for, whichever API it came by.</summary>
sealed record Prompt
{
    public static readonly Prompt Nothing = new();

    /// <summary>What the user said last.</summary>
    public string Text { get; init; } = "";

    /// <summary>What a tool answered after that.</summary>
    public string? ToolResult { get; init; }

    public int Images { get; init; }

    /// <summary>The input's estimated tokens.</summary>
    public int Tokens { get; init; } = 1;

    public int? MaxOutputTokens { get; init; }
    public int ReasoningTokens { get; init; }
    public string[] Stops { get; init; } = [];
    public ReplyFormat Format { get; init; } = ReplyFormat.Text;

    /// <summary>The function the reply has to call.</summary>
    public FunctionTool? Function { get; init; }

    /// <summary>OpenAI charges the larger of both before it starts.</summary>
    public int Charge => Math.Max(MaxOutputTokens ?? 0, Tokens);
}
