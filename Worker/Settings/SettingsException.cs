namespace OpenAIWorker.Settings;

/// <summary>Settings that the worker cannot start with, a sentence each.</summary>
sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems => problems;
}
