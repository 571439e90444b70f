namespace OpenAIWorker.Tests.Walls;

/// <summary>Tests mirror the rooms of the worker, in files of moderate length.</summary>
public sealed class TestRoomSpecs
{
    const int MostFiles = 30;
    const int MostLines = 200;

    // What tests need, and checks that concern no room; subfolders are free.
    static readonly string[] Others =
    [
        "Broker", "Bugs", "Contracts", "Document", "Emulator", "Needs", "Packaging", "Running", "Samples", "Security",
        "Telemetry/Prometheus", "Walls", "World",
    ];

    static readonly IReadOnlyList<string> Files = Repository.Files("Worker.Tests", "*.cs");

    static IEnumerable<IGrouping<string, string>> Folders =>
        Files.GroupBy(file => Path.GetDirectoryName(file)!.Replace('\\', '/'));

    [Fact]
    public void A_folder_of_tests_is_a_room_of_the_worker() => Assert.Empty(
        from folder in Folders
        where folder.Key != "Worker.Tests"
        let room = folder.Key["Worker.Tests/".Length..]
        where !Others.Any(other => $"{room}/".StartsWith($"{other}/", StringComparison.Ordinal))
            && !Directory.Exists(Repository.PathOf($"Worker/{room}"))
        select $"{folder.Key}: there is no Worker/{room}. Put these tests where what they test is.");

    [Fact]
    public void A_namespace_is_its_folder() => Assert.Empty(
        from folder in Folders
        let name = $"OpenAIWorker.{folder.Key["Worker.".Length..].Replace('/', '.')}"
        from file in folder
        let code = Repository.Read(file)
        where code.Contains("\nnamespace ", StringComparison.Ordinal)
            && !code.Contains($"\nnamespace {name};", StringComparison.Ordinal)
        select $"{file}: its namespace is not {name}.");

    [Fact]
    public void A_folder_of_tests_holds_no_more_files_than_one_can_look_over() => Assert.Empty(
        from folder in Folders
        where folder.Count() > MostFiles
        select $"{folder.Key}: {folder.Count()} files; allowed: {MostFiles}.");

    [Fact]
    public void A_file_of_tests_is_short_enough_to_read() => Assert.Empty(
        from file in Files
        let lines = Repository.Read(file).Split('\n').Length - 1
        where lines > MostLines
        select $"{file}: {lines} lines; allowed: {MostLines}. Split it by behaviour.");
}
