using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Text.Responses;

/// <summary>Responses that the provider computes in the background, and the worker polls.</summary>
public sealed class BackgroundResponseSpecs
{
    [Fact]
    public async Task A_response_in_the_background_is_asked_after_until_it_is_done()
    {
        await using var worker = await EmbeddedWorker.Start();

        var answer = await worker.Answer(Messages.Smallest with { Background = true });

        Assert.NotNull(answer.Text);
        Assert.Equal(["POST", "GET"], worker.Emulator.Calls.Select(call => call.Method).Distinct());
        Assert.Equal(1, worker.Emulator.Bill.Billed);
    }

    [Theory]
    [InlineData("--OpenAI:Background:Models=o9-*, m", null)]
    [InlineData("--OpenAI:Background:Efforts=high,xhigh", "high")]
    public async Task Settings_choose_what_is_answered_in_the_background(string setting, string? effort)
    {
        await using var worker = await EmbeddedWorker.Start(setting);

        await worker.Answer(Messages.Smallest with { ReasoningEffort = effort });
        await worker.Answer(Messages.Smallest with { ReasoningEffort = effort, Background = false });
        await worker.Answer(Messages.Smallest with { ReasoningEffort = effort, Store = false });
        await worker.Answer(Messages.Smallest with { ReasoningEffort = "low", Model = "other" });

        Assert.Equal([true, false, false, false], worker.Emulator.Calls.Where(call => call.Method == "POST")
            .Select(call => call.Body.TryGetProperty("background", out var chosen) && chosen.GetBoolean()));
    }

    [Fact]
    public async Task A_response_that_would_be_asked_after_too_late_ends_its_job_at_once()
    {
        await using var worker = await EmbeddedWorker.Start(
            new EmulatorOptions { BackgroundTime = TimeSpan.FromMinutes(5) }, "--OpenAI:PollInterval=00:05:00");

        var failure = await worker.Failure(Messages.Smallest with
        {
            Background = true,
            Deadline = TimeProvider.System.GetUtcNow().AddSeconds(20),
        });

        Assert.Equal(FailureCodes.DeadlineExceeded, failure.Code);
        Assert.StartsWith("The next attempt would be at", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("/cancel", worker.Emulator.Calls[^1].Path);
    }

    [Fact]
    public async Task A_response_in_the_background_that_takes_too_long_is_ended_and_not_paid_again()
    {
        await using var worker = await EmbeddedWorker.Start(
            new EmulatorOptions { BackgroundTime = TimeSpan.FromMinutes(5) }, "--OpenAI:Background:Timeout=00:00:01");

        var failure = await worker.Failure(Messages.Smallest with { Background = true });

        Assert.Equal((FailureCodes.Timeout, 1), (failure.Code, failure.Attempts));
        Assert.Contains("OpenAI:Background:Timeout", failure.Message);
        Assert.EndsWith("/cancel", worker.Emulator.Calls[^1].Path);
        Assert.Equal(1, worker.Emulator.Bill.Billed);
    }
}
