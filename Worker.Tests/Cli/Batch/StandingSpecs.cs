using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Batch.Display;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class StandingSpecs
{
    readonly FakeTimeProvider clock = new();

    [Fact]
    public void A_pause_is_why_jobs_wait_for_as_long_as_it_lasts()
    {
        var counts = new BatchCounts(clock);
        counts.Sent();
        counts.Delay(Delayed(WaitCodes.CredentialPaused));

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("1 waiting: the workers have paused their credential; 'worker limits list' tells more",
            Standing.Waits(counts, 5, 120));
        Assert.Null(Standing.Absence(counts));
    }

    [Fact]
    public void Another_wait_is_over_when_its_time_is_and_silence_is_said()
    {
        var counts = new BatchCounts(clock);
        counts.Sent();
        counts.Delay(Delayed(FailureCodes.RateLimited));
        Assert.StartsWith("1 waiting: rate_limited (", Standing.Waits(counts, 5, 120), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(Standing.Waits(counts, 5, 120));
        Assert.StartsWith("no news for ", Standing.Absence(counts), StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_left_is_no_shorter_than_the_longest_wait()
    {
        var counts = new BatchCounts(clock) { Total = 2 };
        clock.Advance(TimeSpan.FromSeconds(1));
        counts.Bad(JobEnding.Of(new("b", Endings.Completed, "{}"u8.ToArray())));
        counts.Sent();
        counts.Delay(Delayed(FailureCodes.RateLimited));

        Assert.StartsWith("50%  1/2  1:00 min left", Standing.Line(counts, 5), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.23456, "1.2346")]
    [InlineData(0.00123456, "0.001235")]
    [InlineData(0.0000043, "0.0000043")]
    [InlineData(0, "0")]
    public void Of_little_money_the_first_figures_count(double amount, string says) =>
        Assert.Equal(says, Standing.Dollars((decimal)amount));

    JobEvent Delayed(string code) => new("a", JobEvent.Delayed, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new OperationDelayed
        {
            JobId = "a",
            Operation = "message-model",
            Code = code,
            Message = "It waits.",
            Until = clock.GetUtcNow().AddMinutes(1),
        }, ContractJson.Default.OperationDelayed)));
}
