using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.World;

namespace OpenAIWorker.Tests.Security;

/// <summary>A hostile provider, or one that was broken into.</summary>
public sealed class HostileProviderSpecs
{
    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    public async Task A_redirect_takes_the_key_to_no_other_host(int status)
    {
        await using var thief = await FileHost.Start(http => http.Response.WriteAsync("{}"));
        await using var provider = await FileHost.Start(http =>
        {
            (http.Response.StatusCode, http.Response.Headers.Location) = (status,
                $"http://127.0.0.1:{thief.Port}/v1/responses");
            return Task.CompletedTask;
        });
        await using var worker = await Of(provider);

        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(Messages.Smallest)).Code);
        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(Messages.Speech)).Code);
        Assert.Equal(0, thief.Calls);
    }

    [Fact]
    public async Task A_status_that_HTTP_does_not_have_is_a_fault_of_the_provider_for_every_call()
    {
        await using var provider = new ProviderSocket();
        await using var worker = await EmbeddedWorker.Start($"--OpenAI:Credentials:default:BaseUrl={provider.BaseUrl}");

        foreach (var job in new JobRequest[] { Messages.Smallest, Messages.SmallestChat,
            new ClassifyText { Text = "x" }, Messages.Speech, Messages.Call })
            foreach (var status in new[] { 600, 640, 999 })
            {
                var named = job with { JobId = Guid.NewGuid().ToString(), MaxRetries = 0 };
                provider.Answer(named.JobId,
                    _ => ProviderSocket.Http(status, "application/json", """{"error":{"message":"no"}}"""));
                Assert.Equal((FailureCodes.ProviderError, (int?)status),
                    await worker.Failure(named) is var failure ? (failure.Code, failure.Status) : default);
            }
    }

    [Theory]
    [InlineData("[", "0,", "0]", 9_000_000)]
    [InlineData("[", "[],", "0]", 4_500_000)]
    [InlineData("{", "\"a\":[],", "\"a\":0}", 4_500_000)]
    public void An_answer_of_more_values_than_any_honest_one_takes_no_memory(string begin, string value, string end,
        int times)
    {
        var answer = Repeated(begin, value, end, times);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(LenientJson.Parse(answer));
        Assert.Null(LenientJson.Open(answer));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public async Task A_refusal_that_says_it_is_packed_and_is_not_is_read_by_every_call()
    {
        await using var provider = await FileHost.Start(http =>
        {
            (http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.ContentEncoding) = (400,
                "application/json", "gzip");
            return http.Response.WriteAsync("""{"error":{"message":"no"}}""");
        });
        await using var worker = await Of(provider);

        foreach (var job in new JobRequest[] { Messages.Smallest, Messages.Speech, Messages.Transcription,
            Messages.Call })
        {
            var failure = await worker.Failure(job);
            Assert.Equal((FailureCodes.InvalidRequest, "The provider answered 400: no"),
                (failure.Code, failure.Message));
        }
    }

    [Fact]
    public async Task An_answer_that_unfolds_without_end_is_read_to_a_bound()
    {
        await using var provider = await FileHost.Start(async http =>
        {
            (http.Response.ContentType, http.Response.Headers.ContentEncoding) = ("application/json", "br");
            await using var packed = new BrotliStream(http.Response.Body, CompressionLevel.Fastest);
            for (var megabytes = 0; megabytes < 1_000 && !http.RequestAborted.IsCancellationRequested; megabytes++)
                await packed.WriteAsync(new byte[1024 * 1024], http.RequestAborted);
        });
        await using var worker = await Of(provider);

        var failure = await worker.Failure(Messages.Smallest with { MaxRetries = 0 });

        Assert.Equal(FailureCodes.ResultTooLarge, failure.Code);
        Assert.Contains("more than 67108864 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"\ud800","code":"invalid_api_key"}}""", 401, FailureCodes.Unauthorized)]
    [InlineData("""{"error":{"message":"a","code":"\ud800"}}""", 400, FailureCodes.InvalidRequest)]
    [
        InlineData(
            """{"id":"\ud800","status":"completed","model":"\ud800","output":[{"type":"message","content":"""
                + """[{"type":"output_text","text":"x"}]}]}""", 200, "completed")]
    public async Task Half_a_character_hides_no_refusal_and_no_answer(string body, int status, string ends)
    {
        await using var provider = await Saying(body, status);
        await using var worker = await Of(provider, "--Delivery:OnCredentialFailure=Fail");

        var ending = await worker.End(Messages.Smallest with { MaxRetries = 0 });

        Assert.Equal(ends, ending.TryGetProperty("code", out var code) ? code.GetString() : "completed");
    }

    [Fact]
    public async Task An_answer_of_100_000_arrays_in_each_other_is_a_broken_one()
    {
        await using var provider =
            await Saying($$"""{"output":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""", 200);
        await using var worker = await Of(provider);

        Assert.Equal(FailureCodes.BrokenAnswer,
            (await worker.Failure(Messages.Smallest with { MaxRetries = 0 })).Code);
    }

    [Fact]
    public async Task A_result_larger_than_a_message_ends_its_job()
    {
        await using var provider =
            await Saying(
                $$$"""{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"{{{new string('x', 2_000_000)}}}"}]}]}""", 200);
        await using var worker = await Of(provider, "--Broker:LargestMessage=1048576");

        var failure = await worker.Failure(Messages.Smallest);

        Assert.Equal((FailureCodes.ResultTooLarge, FailureKind.Permanent), (failure.Code, failure.Kind));
        Assert.Contains("Broker:LargestMessage", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, provider.Calls);
    }

    [Fact]
    public async Task An_error_larger_than_a_message_is_cut()
    {
        await using var provider =
            await Saying($$$"""{"error":{"message":"{{{new string('x', 2_000_000)}}}","code":"invalid_value"}}""", 400);
        await using var worker = await Of(provider, "--Broker:LargestMessage=1048576");

        var failure = await worker.Failure(
            Messages.Smallest with { Metadata = new Dictionary<string, string> { ["a"] = "b" } });

        Assert.Equal(FailureCodes.InvalidRequest, failure.Code);
        Assert.InRange(failure.Message.Length, 1, 300);
    }

    static byte[] Repeated(string begin, string value, string end, int times)
    {
        var answer = new byte[begin.Length + times * value.Length + end.Length];
        Encoding.UTF8.GetBytes(begin, answer);
        for (var i = 0; i < times; i++)
            Encoding.UTF8.GetBytes(value, answer.AsSpan(begin.Length + i * value.Length));
        Encoding.UTF8.GetBytes(end, answer.AsSpan(answer.Length - end.Length));
        return answer;
    }

    static Task<FileHost> Saying(string body, int status) => FileHost.Start(http =>
    {
        (http.Response.StatusCode, http.Response.ContentType) = (status, "application/json");
        return http.Response.WriteAsync(body);
    });

    static Task<EmbeddedWorker> Of(FileHost provider, params string[] settings) =>
        EmbeddedWorker.Start([$"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1",
            .. settings]);
}
