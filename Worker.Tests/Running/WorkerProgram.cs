namespace OpenAIWorker.Tests.Running;

/// <summary>
/// The program beside these tests as it was built: their own folder lacks parts of the framework that it needs.
/// </summary>
static class WorkerProgram
{
    public static string Path =>
        AppContext.BaseDirectory.Replace($"{Separator}Worker.Tests{Separator}", $"{Separator}Worker{Separator}",
            StringComparison.Ordinal) + "worker.dll";

    static char Separator => System.IO.Path.DirectorySeparatorChar;
}
