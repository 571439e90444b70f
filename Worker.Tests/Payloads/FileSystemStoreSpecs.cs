using OpenAIWorker.Payloads;

namespace OpenAIWorker.Tests.Payloads;

public sealed class FileSystemStoreSpecs : PayloadStoreContract, IDisposable
{
    readonly PayloadFolder folder = new();

    internal override IPayloadStore Store => folder.Store;

    [Fact]
    public async Task What_others_keep_in_the_folder_is_left_alone()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "thesis.docx"), "years of work",
            TestContext.Current.CancellationToken);

        await Store.DeleteOlderThan(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken);

        Assert.Equal(["thesis.docx"], folder.Files);
    }

    [Fact]
    public async Task What_broke_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<IOException>(() =>
            Store.Put(PayloadId.New(), new Breaking(), TestContext.Current.CancellationToken));

        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task What_a_killed_worker_left_half_written_is_swept()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "p-1.part"), "half",
            TestContext.Current.CancellationToken);

        await Store.DeleteOlderThan(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken);

        Assert.Empty(folder.Files);
    }

    public void Dispose() => folder.Dispose();
}
