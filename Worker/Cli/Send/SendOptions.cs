namespace OpenAIWorker.Cli.Send;

/// <summary>What <c>send</c> does after sending.</summary>
/// <param name="Wait">Whether to wait for the ending.</param>
/// <param name="Json">Whether to print the whole ending.</param>
/// <param name="Save">The file for the result, if any.</param>
sealed record SendOptions(bool Wait, bool Json, string? Save);
