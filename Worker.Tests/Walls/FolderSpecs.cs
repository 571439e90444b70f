namespace OpenAIWorker.Tests.Walls;

/// <summary>A folder has few enough files to look around in.</summary>
public sealed class FolderSpecs
{
    const int Most = 18;

    [Fact]
    public void A_folder_of_the_worker_holds_no_more_files_than_one_can_look_over() => Assert.Empty(
        from file in SourceFile.Below("Worker")
        group file by Path.GetDirectoryName(file.Path)!.Replace('\\', '/') into folder
        where folder.Count() > Most
        select $"{folder.Key}: {folder.Count()}");
}
