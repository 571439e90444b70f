namespace OpenAIWorker.Cli;

/// <summary>Asks a person to confirm.</summary>
static class Question
{
    /// <summary>Whether a person can answer.</summary>
    public static bool CanBeAsked => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>Whether the person says yes.</summary>
    public static bool IsAnswered(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return Console.In.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
