namespace OpenAIWorker.Settings;

/// <summary>Settings with which the worker cannot start, one sentence for each.</summary>
sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems => problems;
}
