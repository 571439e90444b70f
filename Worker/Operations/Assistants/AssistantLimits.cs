namespace OpenAIWorker.Operations.Assistants;

/// <summary>How much an assistant may have, by who keeps it.</summary>
sealed record AssistantLimits(int CodeFiles, int VectorStores)
{
    /// <summary>As the Responses API has it, which sets no bound to vector stores.</summary>
    public static readonly AssistantLimits Local = new(50, 100);

    /// <summary>As OpenAI's assistants had it.</summary>
    public static readonly AssistantLimits Native = new(20, 1);
}
