using System.Security.Cryptography;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator.Endpoints;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Files;

public class UploadFileSpecs
{
    [Fact]
    public async Task File_and_its_purpose_are_all_that_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var uploaded = await worker.Answer(Messages.Upload);

        JsonAssert.Same(
            """{"purpose":"assistants","file":{"filename":"file","bytes":"""
                + """1,"content_type":"application/octet-stream","sha256":"2d711642b726b04401627ca9fbac32f5c8530fb"""
                + """1903cc4db02258717921a4881"}}""", worker.OnlyCall.Body);
        Assert.Equal(("POST", "/v1/files"), (worker.OnlyCall.Method, worker.OnlyCall.Path));
        Assert.Equal((Kept(worker).Id, "file", 1, "assistants", null),
            (uploaded.File!.Id, uploaded.File.FileName, uploaded.File.Length, uploaded.File.Purpose,
                uploaded.File.ExpiresAt));
        Assert.StartsWith("req_", uploaded.RequestId);
    }

    [Fact]
    public async Task Everything_that_can_be_set_is_sent()
    {
        await using var worker = await EmbeddedWorker.Start();

        var uploaded = await worker.Answer(new UploadFile
        {
            File = new() { Base64 = "e30=", FileName = "déjà \"vu\".jsonl", ContentType = "application/x-lines" },
            Purpose = "batch",
            ExpiresAfter = TimeSpan.FromDays(2),
        });

        JsonAssert.Same("""{"anchor":"created_at","seconds":"172800"}""",
            worker.OnlyCall.Body.GetProperty("expires_after"));
        Assert.Equal(("déjà %22vu%22.jsonl", "application/x-lines", "batch", 2),
            (Kept(worker).Name, Kept(worker).ContentType, Kept(worker).Purpose, Kept(worker).Length));
        Assert.Equal(TimeSpan.FromDays(2), uploaded.File!.ExpiresAt - uploaded.File.CreatedAt);
    }

    [Fact]
    public async Task Without_simplify_the_answer_comes_as_it_is()
    {
        await using var worker = await EmbeddedWorker.Start();

        var uploaded = await worker.Answer(Messages.Upload with { Simplify = false });

        Assert.Equal("processed", uploaded.Raw!.Value.GetProperty("status").GetString());
        Assert.Null(uploaded.File);
    }

    [Fact]
    public async Task Payload_is_streamed_with_its_length_byte_by_byte()
    {
        using var folder = new PayloadFolder();
        var payload = await folder.Fill(1_000_003);
        await using var worker = await EmbeddedWorker.Start($"--Payloads:Folder={folder.Path}");

        await worker.Answer(new UploadFile { File = new() { Payload = payload } });

        Assert.Equal(("big.bin", 1_000_003, payload.Sha256),
            (Kept(worker).Name, Kept(worker).Length, Kept(worker).Sha256));
        Assert.Equal($"{worker.OnlyCall.BodyLength}", worker.OnlyCall.Headers["Content-Length"]);
    }

    [Fact]
    public async Task Payload_that_is_not_what_it_promised_never_becomes_a_file()
    {
        using var folder = new PayloadFolder();
        var payload = await folder.Fill(1_000_003);
        await using var worker = await EmbeddedWorker.Start($"--Payloads:Folder={folder.Path}");

        var failure = await worker.Failure(
            new UploadFile { File = new() { Payload = payload with { Sha256 = new('0', 64) } } });

        Assert.Equal((FailureCodes.InvalidRequest, FailureKind.Permanent, "file.payload.sha256"),
            (failure.Code, failure.Kind, failure.Member));
        Assert.Empty(worker.Emulator.Files);
    }

    [Fact]
    public async Task Payload_that_is_gone_is_said_to_be_gone()
    {
        await using var worker = await EmbeddedWorker.Start();

        var failure = await worker.Failure(new UploadFile { File = new() { Payload = new() { Id = "p-81" } } });

        Assert.Equal((FailureCodes.NotFound, FailureKind.Permanent, Remedy.Sender, 1),
            (failure.Code, failure.Kind, failure.Remedy, failure.Attempts));
        Assert.Equal(
            "Payload 'p-81' is not in the worker's store: nothing was stored with this id, or it was deleted after 7 "
                + "days (Payloads:KeepFor). Store it (worker payload put FILE), and send the job again.",
                failure.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Address_is_fetched_and_passed_on_whether_its_length_is_known_or_not(bool known)
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        await using var host = await FileHost.Start(async http =>
        {
            http.Response.ContentType = "application/pdf";
            http.Response.ContentLength = known ? bytes.Length : null;
            await http.Response.Body.WriteAsync(bytes, TestContext.Current.CancellationToken);
        });
        await using var worker = await EmbeddedWorker.Start("--Payloads:AllowedHosts=127.0.0.1");

        await worker.Answer(new UploadFile { File = new() { Url = $"http://127.0.0.1:{host.Port}/report.pdf" } });

        Assert.Equal(("report.pdf", "application/pdf", Convert.ToHexStringLower(SHA256.HashData(bytes))),
            (Kept(worker).Name, Kept(worker).ContentType, Kept(worker).Sha256));
    }

    [Fact]
    public async Task Host_that_hangs_up_while_its_bytes_are_passed_on_is_tried_again_and_named()
    {
        await using var host = await FileHost.Start(async http =>
        {
            await http.Response.Body.WriteAsync(new byte[300_000], TestContext.Current.CancellationToken);
            http.Abort();
        });
        await using var worker = await EmbeddedWorker.Start("--Payloads:AllowedHosts=127.0.0.1");

        var failure = await worker.Failure(
            new UploadFile { File = new() { Url = $"http://127.0.0.1:{host.Port}/report.pdf" }, MaxRetries = 1 });

        Assert.Equal((FailureCodes.Unreachable, "file.url", 2), (failure.Code, failure.Member, failure.Attempts));
        Assert.Equal(2, host.Calls);
        Assert.Empty(worker.Emulator.Files);
    }

    static KeptFile Kept(EmbeddedWorker worker) => Assert.Single(worker.Emulator.Files);
}
