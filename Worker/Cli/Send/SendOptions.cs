namespace OpenAIWorker.Cli.Send;

/// <summary>What <c>send</c> does after it has sent.</summary>
/// <param name="Wait">Whether it waits for the ending.</param>
/// <param name="Json">Whether it shows the ending whole.</param>
/// <param name="Save">The file that gets what was made, if any.</param>
sealed record SendOptions(bool Wait, bool Json, string? Save);
