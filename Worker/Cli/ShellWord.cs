namespace OpenAIWorker.Cli;

/// <summary>
/// A word of a command that a person may copy into a shell. Senders choose ids: one may have spaces, or be a command.
/// </summary>
static class ShellWord
{
    const string Plain = "_-./:@%+=,";

    public static string Of(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
