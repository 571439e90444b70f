namespace OpenAIWorker.Tests.Running;

/// <summary>
/// The program as it was built beside these tests: their own folder lacks what it needs of the framework.
/// </summary>
static class WorkerProgram
{
    public static string Path =>
        AppContext.BaseDirectory.Replace($"{Separator}Worker.Tests{Separator}", $"{Separator}Worker{Separator}",
            StringComparison.Ordinal) + "worker.dll";

    static char Separator => System.IO.Path.DirectorySeparatorChar;
}
