namespace OpenAIWorker.Jobs.Lines;

/// <summary>The two formats of lines, each with its own form of answer.</summary>
enum LineFormat
{
    /// <summary><c>{"operation":"message-model", …}</c>, or a row of a table.</summary>
    Native,

    /// <summary><c>{"custom_id", "method", "url", "body"}</c>, answered as OpenAI's Batch API does.</summary>
    OpenAI,
}
