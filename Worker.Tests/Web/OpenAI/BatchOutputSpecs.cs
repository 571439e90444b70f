using System.Text;
using System.Text.Json;
using OpenAIWorker.Payloads.Files;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Web.Door;
using OpenAIWorker.Web.OpenAI.Batches;
using OpenAIWorker.Web.OpenAI.Files;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary>The content of a batch's files.</summary>
public sealed class BatchOutputSpecs
{
    static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("in_progress", null, "batch_expired", true)]
    [InlineData("in_progress", "deadline_exceeded", "batch_expired", true)]
    [InlineData("in_progress", "cancelled", "cancelled", false)]
    [InlineData("cancelling", null, "batch_cancelled", false)]
    [InlineData("cancelling", "cancelled", "batch_cancelled", false)]
    [InlineData("in_progress", "unreachable", "unreachable", false)]
    public async Task A_line_without_an_answer_says_why(string status, string? failure, string code, bool isLate)
    {
        using var folder = new PayloadFolder();
        var (output, _) = Output(folder.Store, status);

        await output.Add(new(7, "seven", 1), failure is null ? null : Ended(failure));

        var (progress, files) = await output.Complete(Now, TimeSpan.FromDays(7));
        Assert.Equal((isLate, 0, 1), (output.IsAnyLate, output.Completed, output.Failed));
        Assert.Equal((null, files[0].Id), (progress.OutputFile, progress.ErrorFile));
        var line = JsonElement.Parse(await Content(folder.Store, Assert.Single(files)));
        Assert.Equal(("seven", code, JsonValueKind.Null), (line.GetProperty("custom_id").GetString(),
            line.GetProperty("error").GetProperty("code").GetString(), line.GetProperty("response").ValueKind));
    }

    [Fact]
    public async Task What_is_written_again_takes_the_place_of_what_was_written_before()
    {
        using var folder = new PayloadFolder();
        var (broken, batch) = Output(folder.Store, "finalizing");
        await broken.Add(new(1, "one", 1), null);
        await broken.Abandon(new IOException("It died here."));
        var (output, _) = Output(folder.Store, "finalizing");

        await output.Add(new(2, "two", 1), null);
        var (_, files) = await output.Complete(Now, TimeSpan.FromDays(7));

        Assert.Contains("\"two\"", await Content(folder.Store, Assert.Single(files)), StringComparison.Ordinal);
        Assert.Equal(FileObject.IdOf(batch.Id, "errors"), files[0].Id);
    }

    static (BatchOutput Output, ApiBatch Batch) Output(FileSystemStore store, string status)
    {
        var batch = new ApiBatch("batch_1", "t", "file-1", status, Now, Now,
            new() { Endpoint = "/v1/responses", CompletionWindow = "24h" });
        return (new(batch, store, Cancellation), batch);
    }

    static EndedJob Ended(string code) => new(new(new("batch_1-7", "t"), "call-api", JobStates.Failed),
        Encoding.UTF8.GetBytes($$"""{"code":"{{code}}","message":"x"}"""));

    static async Task<string> Content(FileSystemStore store, ApiFile file)
    {
        var stored = await store.Open(FileObject.PayloadOf(file.Id), Cancellation);
        using var reader = new StreamReader(stored!.Content);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
