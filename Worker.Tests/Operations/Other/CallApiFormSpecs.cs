using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Other;

/// <summary>Calls of any endpoint with a form, with headers, and with long operations.</summary>
public sealed class CallApiFormSpecs
{
    static readonly CallApi Store = new()
    {
        Path = "vector_stores",
        Body = JsonElement.Parse("""{"name":"manuals","file_ids":["file-0"]}""")
    };

    [Fact]
    public async Task Parts_make_a_form_with_files_and_extra_makes_fields_beside_them()
    {
        await using var worker = await EmbeddedWorker.Start();

        var called = await worker.Answer(new CallApi
        {
            Path = "files",
            Parts = [new() { Name = "purpose", Text = "user_data" },
                new() { Name = "file", File = new() { Base64 = "AAEC", FileName = "a.bin" } }],
            Extra = new Dictionary<string, JsonElement>
            {
                ["expires_after"] = JsonElement.Parse(
                """{"anchor":"created_at","seconds":3600}""")
            },
            Headers = new Dictionary<string, string> { ["X-Beta"] = "one" },
        });

        Assert.Equal(("a.bin", 3L), (called.Body!.Value.Text("filename"), called.Body.Value.Number("bytes")));
        Assert.Equal(("3600", "one"),
            (worker.OnlyCall.Body.GetProperty("expires_after").Text("seconds"), worker.OnlyCall.Headers["X-Beta"]));
    }

    [Fact]
    public async Task A_job_waits_for_what_its_call_began_and_its_end_is_the_result()
    {
        await using var worker = await EmbeddedWorker.Start(
            new EmulatorOptions { BackgroundTime = TimeSpan.FromMilliseconds(300) },
            "--OpenAI:PollInterval=00:00:00.1");

        var called = await worker.Answer(Store with { JobId = "store", Wait = new() });

        Assert.Equal("completed", called.Body!.Value.Text("status"));
        Assert.Equal("POST", worker.Emulator.Calls[0].Method);
        Assert.All(worker.Emulator.Calls.Skip(1), call =>
            Assert.Equal(("GET", $"/v1/vector_stores/{called.Body.Value.Text("id")}"), (call.Method, call.Path)));
        Assert.True(called.Waits > 0);
        Assert.Equal(1, called.Attempts);
    }

    [Fact]
    public async Task The_status_may_be_any_member_and_the_path_any_path()
    {
        await using var worker = await EmbeddedWorker.Start(
            new EmulatorOptions { BackgroundTime = TimeSpan.FromMilliseconds(100) },
            "--OpenAI:PollInterval=00:00:00.1");

        var called = await worker.Answer(Store with
        {
            Wait = new() { Path = "/vector_stores/{id}", Member = "file_counts.in_progress", Until = ["0"] }
        });

        Assert.Equal(1, called.Body!.Value.GetProperty("file_counts").Number("failed"));
    }

    [Fact]
    public async Task What_is_over_at_once_is_not_asked_after()
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(new CallApi { Path = "vector_stores", Body = JsonElement.Parse("{}"), Wait = new() });

        Assert.Equal("POST", worker.OnlyCall.Method);
    }

    [Fact]
    public async Task A_question_that_fails_uses_no_attempt()
    {
        await using var worker = await EmbeddedWorker.Start(
            new EmulatorOptions { BackgroundTime = TimeSpan.FromMilliseconds(200) },
            "--OpenAI:PollInterval=00:00:00.1");
        worker.Emulator.Faults.Add("status:500#1", endpoint: "/v1/vector_stores/{id}");

        var called = await worker.Answer(Store with { Wait = new() });

        Assert.Equal(("completed", 1), (called.Body!.Value.Text("status"), called.Attempts));
    }

    [Fact]
    public async Task What_takes_too_long_is_given_up_in_a_sentence()
    {
        await using var worker = await EmbeddedWorker.Start(
            new EmulatorOptions { BackgroundTime = TimeSpan.FromMinutes(5) }, "--OpenAI:PollInterval=00:00:00.1");

        var failure = await worker.Failure(Store with { Wait = new() { Timeout = TimeSpan.FromSeconds(1) } });

        Assert.Equal((FailureCodes.Timeout, FailureKind.Permanent), (failure.Code, failure.Kind));
        Assert.Contains("for longer than 00:00:01", failure.Message);
    }

    [Theory]
    [InlineData("state", null, "no member state")]
    [InlineData("status", "vector_stores/{name.first}", "no member name.first")]
    public async Task An_answer_that_says_too_little_is_broken_and_says_what_is_missing(string member, string? path,
        string says)
    {
        await using var worker = await EmbeddedWorker.Start(
            new EmulatorOptions { BackgroundTime = TimeSpan.FromMinutes(5) });

        var failure = await worker.Failure(
            Store with { MaxRetries = 0, Wait = new() { Member = member, Path = path } });

        Assert.Contains(says, failure.Message);
    }
}
