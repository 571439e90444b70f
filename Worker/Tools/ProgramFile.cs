namespace OpenAIWorker.Tools;

/// <summary>
/// Finds a program. .NET would search the working directory before <c>PATH</c>, and another user's folder could have a
/// program with this name.
/// </summary>
static class ProgramFile
{
    /// <exception cref="FileNotFoundException">A name without a folder that is in no folder of <c>PATH</c>.</exception>
    public static string Of(string command) => Path.GetFileName(command) != command
        ? command
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"no folder of PATH has '{command}'.");
}
