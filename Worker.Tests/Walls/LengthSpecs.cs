namespace OpenAIWorker.Tests.Walls;

/// <summary>A file of the worker holds one idea, and is short enough to read at once.</summary>
public sealed class LengthSpecs
{
    const int MostLines = 220;

    // Exceptions, each with its reason.
    static readonly Dictionary<string, string> Longer = new()
    {
        ["Worker/Limits/LimitGroup.cs"] = "one lock around all that the calls of a limit change",
        ["Worker/Storage/Databases/Schema.cs"] = "all versions of the schema, one after another",
    };

    static IEnumerable<(string Path, int Lines)> Files =>
        from path in Repository.Files("Worker", "*.cs")
        select (path, Repository.Read(path).Split('\n').Length - 1);

    [Fact]
    public void A_file_of_the_worker_is_short_enough_to_read() => Assert.Empty(
        from file in Files
        where file.Lines > MostLines && !Longer.ContainsKey(file.Path)
        select $"{file.Path}: {file.Lines} lines, allowed are {MostLines}. Split it by what it does.");

    [Fact]
    public void An_exception_is_needed() => Assert.Empty(
        from path in Longer.Keys
        where !Files.Any(file => file.Path == path && file.Lines > MostLines)
        select $"{path} is no longer an exception.");
}
