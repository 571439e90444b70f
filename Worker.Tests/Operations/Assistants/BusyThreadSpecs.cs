using System.Net.Http.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations.Assistants;

/// <summary>Several jobs in one thread at the same time.</summary>
public sealed class BusyThreadSpecs
{
    [Theory]
    [InlineData("Responses")]
    [InlineData("ChatCompletions")]
    public async Task Same_words_are_a_turn_for_each_job(string api)
    {
        await using var worker = await EmbeddedWorker.Start($"--OpenAI:Credentials:default:Api={api}");
        await worker.Answer(Ada);
        var thread = (await worker.Answer(ToAssistant)).ThreadId;

        var answers = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => worker.Answer(ToAssistant with { ThreadId = thread, Prompt = "continue" })));

        Assert.Equal(4, worker.Emulator.Calls.Count(call =>
            call is { Path: "/v1/responses" or "/v1/chat/completions", IsBilled: true }));
        Assert.Equal(3, answers.Select(answer => answer.JobId).Distinct().Count());
    }

    [Fact]
    public async Task A_job_whose_answer_was_lost_is_not_answered_by_the_turn_of_another()
    {
        await using var worker = await EmbeddedWorker.Start();
        await worker.Answer(Ada);
        var thread = (await worker.Answer(ToAssistant)).ThreadId;
        worker.Emulator.Faults.Add("cut#1", endpoint: "/v1/responses");

        var answers = await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(number =>
                worker.Answer(ToAssistant with { JobId = $"same-{number}", ThreadId = thread, Prompt = "continue" })));

        Assert.Equal(2, answers.Select(answer => answer.Text + answer.ResponseId).Count());
        Assert.Equal(3, worker.Emulator.Calls.Count(call => call is { Path: "/v1/responses", IsBilled: true }));
    }

    [Fact]
    public async Task A_job_is_not_answered_by_what_a_foreign_program_asked_in_its_thread()
    {
        await using var worker = await EmbeddedWorker.Start();
        await worker.Answer(Ada);
        var thread = (await worker.Answer(ToAssistant)).ThreadId;
        worker.Emulator.Faults.Add("status:503#1", endpoint: "/v1/responses");

        var answer = worker.Answer(ToAssistant with { JobId = "mine", ThreadId = thread, Prompt = "mine" });
        await Eventually.Is(() => worker.Events.Delays("mine").Count > 0);
        worker.Emulator.Faults.Clear();
        await Say(worker, thread!, "theirs");

        await answer;
        Assert.Contains(worker.Emulator.Calls, call => call is { Path: "/v1/responses", IsBilled: true }
            && call.Body.GetRawText().Contains("mine", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Responses")]
    [InlineData("ChatCompletions")]
    public async Task A_thread_is_handed_over_within_a_second_in_the_order_of_the_jobs(string api)
    {
        await using var worker = await EmbeddedWorker.Start($"--OpenAI:Credentials:default:Api={api}");
        await worker.Answer(Ada);
        var thread = (await worker.Answer(ToAssistant)).ThreadId;
        worker.Emulator.Clear();
        worker.Emulator.Faults.Add("slow:1500");
        var jobs = new List<Task<AssistantMessaged>>();

        for (var number = 0; number < 4; number++)
        {
            var id = $"turn-{number}";
            jobs.Add(worker.Answer(ToAssistant with { JobId = id, ThreadId = thread, Prompt = "continue" }));
            // Each is reported as waiting, except the first, which begins.
            if (number > 0)
                await Eventually.Is(() => Task.FromResult(worker.Events.Delays(id).Any()));
            else
                await Eventually.Is(() =>
                    worker.Emulator.Calls.Any(call => call.Path is "/v1/responses" or "/v1/chat/completions"));
        }
        var order = new List<string>();
        await foreach (var ended in Task.WhenEach(jobs))
            order.Add((await ended).JobId);

        Assert.Equal(["turn-0", "turn-1", "turn-2", "turn-3"], order);
        var last = await jobs[3];
        Assert.Equal((1, 1L), (last.Attempts, (long)last.Waits));
    }

    [Theory]
    [InlineData("status:404")]
    [InlineData("status:405")]
    [InlineData("status:501")]
    [InlineData("status:400")]
    public async Task A_provider_without_conversations_says_so_in_several_ways_and_is_asked_once_a_job(string fault)
    {
        await using var worker = await EmbeddedWorker.Start();
        await worker.Answer(Ada);
        worker.Emulator.Faults.Add(fault, endpoint: "/v1/conversations");

        var first = await worker.Answer(ToAssistant);
        var second = await worker.Answer(ToAssistant with { ThreadId = first.ThreadId });

        Assert.StartsWith("thread_", first.ThreadId, StringComparison.Ordinal);
        Assert.Equal(first.ThreadId, second.ThreadId);
        Assert.Single(worker.Emulator.Calls, call => call.Path == "/v1/conversations");
    }

    static async Task Say(EmbeddedWorker worker, string thread, string words)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", "key") } };
        var said = await http.PostAsJsonAsync(
            new Uri(worker.Emulator.BaseUrl, "/v1/responses"),
            new { model = "m", input = words, conversation = thread }, TestContext.Current.CancellationToken);
        said.EnsureSuccessStatusCode();
    }
}
