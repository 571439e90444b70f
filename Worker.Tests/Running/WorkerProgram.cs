namespace OpenAIWorker.Tests.Running;

/// <summary>Programs as they were built beside these tests: the tests' own folder lacks what they need of the framework.</summary>
static class WorkerProgram
{
    public static string Path => Of("Worker", "worker.dll");

    /// <summary>Of another project, named by its folder.</summary>
    public static string Of(string folder, string file) =>
        System.IO.Path.Combine(AppContext.BaseDirectory.Replace($"{Separator}Worker.Tests{Separator}", $"{Separator}{folder}{Separator}", StringComparison.Ordinal), file);

    static char Separator => System.IO.Path.DirectorySeparatorChar;
}
