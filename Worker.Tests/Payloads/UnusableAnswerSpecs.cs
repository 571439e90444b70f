using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Fetched;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>Addresses whose host reports success and sends something other than the file.</summary>
public sealed class UnusableAnswerSpecs
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(204, "its host answered 204")]
    [InlineData(202, "its host answered 202")]
    [InlineData(206, "its host answered 206, only a part of it")]
    [InlineData(200, "its host sent an empty answer")]
    [InlineData(304, "its host answered 304")]
    public async Task What_is_not_the_file_is_refused_before_anybody_is_paid(int status, string says)
    {
        await using var host = await FileHost.Start(async http =>
        {
            http.Response.StatusCode = status;
            if (status == 206)
                await http.Response.WriteAsync("half", Cancellation);
        });

        Assert.Contains(says, (await Refused(host)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("gzip"), InlineData("br"), InlineData("deflate")]
    public async Task What_comes_packed_is_unpacked(string encoding)
    {
        await using var host = await FileHost.Start(async http =>
        {
            http.Response.Headers.ContentEncoding = encoding;
            await using var packed = Packing(encoding, http.Response.Body);
            await packed.WriteAsync(Encoding.UTF8.GetBytes("bytes"), Cancellation);
        });
        using var folder = Folder();
        await using var opened = await Open(folder, host);

        using var reader = new StreamReader(opened.Content);
        Assert.Equal("bytes", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task What_comes_packed_in_another_way_is_refused()
    {
        await using var host = await FileHost.Start(http =>
        {
            http.Response.Headers.ContentEncoding = "zstd";
            return http.Response.WriteAsync("packed", Cancellation);
        });

        Assert.Contains("is compressed as 'zstd'", (await Refused(host)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_unfolds_beyond_the_bound_is_refused()
    {
        await using var host = await FileHost.Start(async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var packed = Packing("gzip", http.Response.Body);
            await packed.WriteAsync(new byte[100_000], Cancellation);
        });
        using var folder = Folder();
        await using var opened = await Open(folder, host);

        var failed = await Assert.ThrowsAsync<FailureException>(() =>
            opened.Content.CopyToAsync(Stream.Null, Cancellation));

        Assert.Contains("has more than 50000 bytes", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_too_slow_for_the_job_is_named()
    {
        await using var host = await FileHost.Start(async http =>
        {
            await http.Response.WriteAsync("a", Cancellation);
            await http.Response.Body.FlushAsync(Cancellation);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var worker = await Running.EmbeddedWorker.Start("--Payloads:AllowedHosts=127.0.0.1");

        var failure = await worker.Failure(new UploadFile
        {
            File = new() { Url = $"http://127.0.0.1:{host.Port}/a" },
            Timeout = TimeSpan.FromSeconds(1),
            MaxRetries = 0
        });

        Assert.Equal((FailureCodes.Timeout, "file.url"), (failure.Code, failure.Member));
        Assert.StartsWith("The host of file.url had not sent all of it when the job's time of 00:00:01 ended.",
            failure.Message, StringComparison.Ordinal);
    }

    static PayloadFolder Folder() => new(new() { AllowedHosts = "127.0.0.1", MaxDownload = 50_000 });

    static Task<Payload> Open(PayloadFolder folder, FileHost host) =>
        folder.ClaimChecks.Open("m", new() { Url = $"http://127.0.0.1:{host.Port}/a" }, long.MaxValue, Cancellation);

    static async Task<Failure> Refused(FileHost host)
    {
        using var folder = Folder();
        return (await Assert.ThrowsAsync<FailureException>(() => Open(folder, host))).Failure;
    }

    static Stream Packing(string encoding, Stream body) => encoding switch
    {
        "gzip" => new GZipStream(body, CompressionLevel.Fastest),
        "br" => new BrotliStream(body, CompressionLevel.Fastest),
        _ => new ZLibStream(body, CompressionLevel.Fastest),
    };
}
