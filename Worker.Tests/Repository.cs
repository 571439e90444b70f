namespace OpenAIWorker.Tests;

/// <summary>The files of this repository, for tests that read them.</summary>
static class Repository
{
    static readonly string Root = Find(new(AppContext.BaseDirectory));

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path)).ReplaceLineEndings("\n");

    /// <summary>Paths below a folder, from the root and with slashes, without build output.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        var files = Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .ToList();
        // A test over no files would always pass.
        return files.Count > 0 ? files : throw new InvalidOperationException($"There is no {pattern} below {folder}.");
    }

    static string Find(DirectoryInfo? from)
    {
        while (from is not null && !File.Exists(Path.Combine(from.FullName, "worker.sln")))
            from = from.Parent;
        return from?.FullName ?? throw new InvalidOperationException(
            $"worker.sln is in no folder above {AppContext.BaseDirectory}. Run the tests inside the repository.");
    }
}
