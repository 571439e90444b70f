using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary>Standard input, if there is one.</summary>
static class StandardInput
{
    /// <summary>The file name on the command line that means it.</summary>
    public const string Name = "-";

    /// <exception cref="SettingsException">
    /// It is closed. To read nothing instead would store or send something empty.
    /// </exception>
    public static Stream Open() => ClosedStreams.HasInput
        ? Console.OpenStandardInput()
        : throw new SettingsException(["Standard input is closed. Name a file, or send the content through a pipe."]);
}
