namespace OpenAIWorker.Operations.Assistants;

/// <summary>How many files and vector stores an assistant may have, depending on who stores it.</summary>
sealed record AssistantLimits(int CodeFiles, int VectorStores)
{
    /// <summary>With the Responses API, which does not limit vector stores.</summary>
    public static readonly AssistantLimits Local = new(50, 100);

    /// <summary>With OpenAI's own assistants.</summary>
    public static readonly AssistantLimits Native = new(20, 1);
}
