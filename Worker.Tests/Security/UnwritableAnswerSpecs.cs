using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// Answers that cannot become an ending as they are: some ending is published nevertheless, once, and nothing is called
/// again.
/// </summary>
public sealed class UnwritableAnswerSpecs
{
    const string Text =
        """{"status":"completed","model":"m","usage":USAGE,"output":[{"type":"message","content":"""
            + """[{"type":"output_text","text":"x"}]}]}""";

    public static TheoryData<string, JobRequest, string, string> Answers => new()
    {
        { "seconds without end", Messages.Smallest,
            Text.Replace("USAGE", """{"input_tokens":3,"seconds":1e999}""", StringComparison.Ordinal),
            Endings.Completed },
        { "tokens beyond all numbers", Messages.Smallest,
            Text.Replace("USAGE", """{"input_tokens":9223372036854775807,"output_tokens":9223372036854775807}""",
                StringComparison.Ordinal), Endings.Completed },
        { "tokens below zero", Messages.Smallest,
            Text.Replace("USAGE", """{"input_tokens":-5,"output_tokens":-9}""", StringComparison.Ordinal),
            Endings.Completed },
        { "a recording without end", Messages.Transcription,
            """{"text":"x","duration":1e999,"usage":{"type":"duration","seconds":-1e999},"segments":[{"start":"""
                + """1e999,"end":-1e999,"text":"x"}]}""", Endings.Completed },
        { "a score without end", new ClassifyText { Text = "x" },
            """{"results":[{"flagged":true,"categories":{"a":true,"a":true},"category_scores":{"a":1e999,"b":0.5}}]}""",
            Endings.Completed },
        { "a number without end in a vector", Messages.Embeddings with { MaxRetries = 0 },
            """{"data":[{"embedding":[1e999]}]}""", FailureCodes.BrokenAnswer },
        { "an answer nested 254 deep, whole", Messages.Smallest with { Simplify = false }, Nested(252),
            Endings.Completed },
        { "an answer nested 300 deep", Messages.Smallest, Nested(298), Endings.Completed },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Some_ending_is_told_and_once(string name, JobRequest job, string answer, string ends)
    {
        Assert.NotEmpty(name);
        await using var provider = await Saying(http => http.Response.WriteAsync(answer));
        await using var worker = await Of(provider);

        var ending = await worker.End(job with { JobId = "odd" });
        await worker.End(job with { JobId = "next" });

        Assert.Equal(ends, CodeOf(ending));
        Assert.Equal(2, worker.Events.All.Count);
        Assert.Equal(2, provider.Calls);
    }

    [Fact]
    public async Task What_is_nested_deeper_than_readers_read_is_told_as_a_text()
    {
        await using var provider = await Saying(http => http.Response.WriteAsync(Nested(200)));
        await using var worker = await Of(provider);

        var whole = await worker.End(Messages.Smallest with { Simplify = false });

        var inner = whole.GetProperty("raw").GetProperty("usage").GetProperty("x");
        var levels = 3;
        for (; inner.ValueKind == JsonValueKind.Array; levels++)
            inner = inner[0];
        Assert.Equal(DeepJson.Levels, levels);
        Assert.Equal($"{new string('[', 143)}\"é\\\"\"{new string(']', 143)}", inner.GetString());
        Assert.Equal(3, whole.GetProperty("usage").GetProperty("inputTokens").GetInt32());
    }

    [Fact]
    public async Task A_small_answer_that_unfolds_to_255_MB_ends_its_job_at_its_first_attempt()
    {
        await using var provider = await Saying(async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await packed.WriteAsync(
                """{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":" """
                    .AsMemory().ToArray().Select(letter => (byte)letter).ToArray());
            for (var megabytes = 0; megabytes < 255 && !http.RequestAborted.IsCancellationRequested; megabytes++)
                await packed.WriteAsync(Enumerable.Repeat((byte)'x', 1024 * 1024).ToArray(), http.RequestAborted);
        });
        await using var worker = await Of(provider);

        var failure = await worker.Failure(Messages.Smallest);

        Assert.Equal((FailureCodes.ResultTooLarge, 1), (failure.Code, provider.Calls));
    }

    static string Nested(int levels) => Text.Replace("USAGE",
        $$"""{"input_tokens":3,"x":{{new string('[', levels)}}"é\""{{new string(']', levels)}}}""",
        StringComparison.Ordinal);

    static string CodeOf(JsonElement ending) =>
        ending.TryGetProperty("code", out var code) ? code.GetString()! : Endings.Completed;

    static Task<FileHost> Saying(Func<HttpContext, Task> answer) => FileHost.Start(http =>
    {
        http.Response.ContentType = "application/json";
        return answer(http);
    });

    static Task<EmbeddedWorker> Of(FileHost provider) =>
        EmbeddedWorker.Start($"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1");
}
