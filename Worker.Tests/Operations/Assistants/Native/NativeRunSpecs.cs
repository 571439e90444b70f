using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Assistants.Native;

/// <summary>Runs of the provider's threads: each job has one, which is known by its id and ends in time.</summary>
public sealed class NativeRunSpecs
{
    const string Runs = "POST /v1/threads/thread_1/runs";
    const string Cancel = "POST /v1/threads/thread_1/runs/run_1/cancel";

    static readonly MessageAssistant Message = new() { AssistantId = "asst_1", Prompt = "Hello" };

    [Fact]
    public async Task A_provider_without_metadata_is_asked_for_one_run()
    {
        var threads = new PlainThreads();
        await using var provider = await threads.Start();
        await using var worker = await Start(provider);

        var answer = await worker.Answer(Message);

        Assert.Equal(("Hi.", "run_1", 1), (answer.Text, answer.ResponseId, answer.Attempts));
        Assert.Equal((1, 3), (threads.Count(Runs), threads.Count("GET /v1/threads/thread_1/runs/run_1")));
    }

    [Fact]
    public async Task A_job_that_comes_again_finds_its_run_there_too()
    {
        var threads = new PlainThreads();
        await using var provider = await threads.Start();
        await using var worker = await Start(provider);

        await worker.Answer(Message with { JobId = "j" });
        worker.Events.Forget("j");
        await worker.Answer(Message with { JobId = "j" });

        Assert.Equal((1, 1), (threads.Count(Runs), threads.Count("POST /v1/threads")));
    }

    [Fact]
    public async Task A_run_without_end_is_told_to_stop_and_ends_its_job()
    {
        var threads = new PlainThreads { States = ["in_progress"] };
        await using var provider = await threads.Start();
        await using var worker = await Start(provider, "--OpenAI:Background:Timeout=00:00:01");

        var failure = await worker.Failure(Message);

        Assert.Equal((FailureCodes.Timeout, FailureKind.Permanent), (failure.Code, failure.Kind));
        Assert.Equal((1, 1), (threads.Count(Runs), threads.Count(Cancel)));
    }

    [Theory]
    [InlineData("--Tools:Functions:sky:Command=/no/such/program", "could not be started")]
    [InlineData("--Tools:Functions:sky:Command=false", "ended with 1")]
    public async Task A_tool_that_vanished_or_crashes_is_told_to_the_run_which_goes_on(string tool, string told)
    {
        var threads = new PlainThreads { States = ["requires_action", "requires_action", "completed"] };
        await using var provider = await threads.Start();
        await using var worker = await Start(provider, "--Tools:AllowCommands=true", tool);

        var answer = await worker.Answer(Message);

        Assert.Equal("Hi.", answer.Text);
        Assert.Equal((1, 1), (threads.Count(Runs),
            threads.Count("POST /v1/threads/thread_1/runs/run_1/submit_tool_outputs")));
        Assert.Contains(told, threads.Bodies, StringComparison.Ordinal);
    }

    static Task<EmbeddedWorker> Start(FileHost provider, params string[] settings) => EmbeddedWorker.Start(
        [$"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1", "--Assistants:Mode=Native",
            .. settings]);
}
