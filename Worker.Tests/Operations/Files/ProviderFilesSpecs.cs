using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Files;

public class ProviderFilesSpecs
{
    [Fact]
    public async Task Listing_asks_for_nothing_that_was_not_said()
    {
        await using var worker = await EmbeddedWorker.Start();

        var listed = await worker.Answer(new ListFiles());

        Assert.Equal(("GET", "/v1/files"), (worker.OnlyCall.Method, worker.OnlyCall.Path));
        Assert.Empty(listed.Files!);
        Assert.False(listed.HasMore);
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        await using var worker = await EmbeddedWorker.Start();
        var uploaded = new List<string>();
        foreach (var name in new[] { "a.txt", "b.txt", "c.txt" })
            uploaded.Add((await worker.Answer(
                new UploadFile { File = new() { Base64 = "eA==", FileName = name }, Purpose = "user_data" })).File!.Id);

        var first = await worker.Answer(new ListFiles { Purpose = "user_data", Order = "asc", Limit = 2 });
        var second = await worker.Answer(
            new ListFiles { Purpose = "user_data", Order = "asc", Limit = 2, After = first.Files![^1].Id });

        Assert.Equal("/v1/files?purpose=user_data&order=asc&limit=2", worker.Emulator.Calls[3].Path);
        Assert.Equal(uploaded, first.Files.Concat(second.Files!).Select(file => file.Id));
        Assert.Equal((true, false), (first.HasMore!.Value, second.HasMore!.Value));
    }

    [Fact]
    public async Task Without_simplify_the_answer_comes_as_it_is()
    {
        await using var worker = await EmbeddedWorker.Start();

        Assert.Equal("list", (await worker.Answer(new ListFiles { Simplify = false })).Raw!.Value.GetProperty("object")
            .GetString());
    }

    [Fact]
    public async Task Deleted_file_is_gone()
    {
        await using var worker = await EmbeddedWorker.Start();
        var id = (await worker.Answer(Messages.Upload)).File!.Id;

        var deleted = await worker.Answer(new DeleteFile { FileId = id });

        Assert.Equal((id, true), (deleted.FileId, deleted.Deleted!.Value));
        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(new DeleteFile { FileId = id })).Code);
    }

    [Theory]
    [InlineData("../models", "/v1/files/..%2Fmodels")]
    [InlineData("a?b#c", "/v1/files/a%3Fb%23c")]
    public async Task An_id_stays_one_step_of_the_path(string id, string path)
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Failure(new DeleteFile { FileId = id });

        Assert.Equal(Uri.UnescapeDataString(path), Uri.UnescapeDataString(worker.OnlyCall.Path));
        Assert.StartsWith("/v1/files/", worker.OnlyCall.Path);
    }
}
