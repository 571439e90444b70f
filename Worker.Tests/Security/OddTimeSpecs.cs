using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// Nonsensical times, and cancellations at odd moments: every job has one ending, soon, and none is called
/// unnecessarily.
/// </summary>
public sealed class OddTimeSpecs(WorkerScene scene) : IClassFixture<WorkerScene>
{
    readonly AmqpClient client = scene.Client;
    readonly string job = Guid.NewGuid().ToString();

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(-1, null, FailureCodes.DeadlineExceeded)]
    [InlineData(-20_000_000, null, FailureCodes.DeadlineExceeded)]
    [InlineData(60, 120, FailureCodes.DeadlineExceeded)]
    [InlineData(-1, -120, FailureCodes.DeadlineExceeded)]
    public async Task A_job_that_can_never_be_called_ends_at_once(int deadline, int? notBefore, string code)
    {
        await Send(
            $",\"deadline\":\"{Now.AddSeconds(deadline):O}"
                + $"\"{(notBefore is { } after ? $",\"notBefore\":\"{Now.AddSeconds(after):O}\"" : "")}");

        Assert.Equal(code, (await Soon()).Code);
        Assert.DoesNotContain(scene.Emulator.Calls, call => call.Job == job);
    }

    [Theory]
    [InlineData("2126-12-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59.9999999-14:00")]
    [InlineData("9999-12-31T00:00:00+14:00")]
    public async Task A_job_that_is_due_in_a_hundred_years_waits_and_can_be_cancelled(string notBefore)
    {
        await Send($",\"notBefore\":\"{notBefore}\"");
        var delayed = await client.Event(arrived => arrived.JobId == job);

        await client.Publish("cancel-job", $$"""{"jobId":"{{job}}"}""");

        // The last possible moment has no other after it, in any offset.
        Assert.Contains(delayed.Code, new[] { "not_before", FailureCodes.InvalidRequest });
        Assert.Contains((await Soon()).Code, new[] { FailureCodes.Cancelled, FailureCodes.InvalidRequest });
    }

    [Theory]
    [InlineData("deadline", "2027-12-01T00:00:00")]
    [InlineData("notBefore", "2027-12-01T00:00:00.123")]
    [InlineData("notBefore", "2027-12-01")]
    [InlineData("deadline", "2027-12-01T00:00")]
    public async Task A_time_without_an_offset_is_refused_and_not_guessed(string member, string time)
    {
        await Send($",\"{member}\":\"{time}\"");

        var ending = await Soon();

        Assert.Equal(FailureCodes.InvalidRequest, ending.Code);
        Assert.Equal($"{member} is \"{time}\"; expected: a time such as 2027-01-31T12:00:00Z, with its offset.",
            ending.Body.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_cancellation_before_the_job_holds_for_it()
    {
        await client.Publish("cancel-job", $$"""{"jobId":"{{job}}"}""");
        var other = Guid.NewGuid().ToString();
        // Read after it, as every worker reads a cancellation.
        await client.Publish("message-model",
            $$"""{"jobId":"{{other}}","model":"m","messages":[{"text":"x"}],"notBefore":"{{Now.AddMinutes(9):O}}"}""");
        await client.Event(arrived => arrived.JobId == other);
        await client.Publish("cancel-job", $$"""{"jobId":"{{other}}"}""");
        await client.Ending(other);

        await Send("");

        Assert.Equal(FailureCodes.Cancelled, (await Soon()).Code);
        Assert.DoesNotContain(scene.Emulator.Calls, call => call.Job == job);
    }

    [Fact]
    public async Task A_call_that_runs_is_aborted_by_a_cancellation()
    {
        await Send("", "m+slow:60000");
        await Eventually.Is(() => scene.Emulator.Calls.Any(call => call.Job == job));

        await client.Publish("cancel-job", $$"""{"jobId":"{{job}}"}""");

        Assert.Equal(FailureCodes.Cancelled, (await Soon()).Code);
    }

    [Fact]
    public async Task Ten_thousand_cancellations_of_unknown_jobs_delay_no_other_job()
    {
        await Send($",\"notBefore\":\"{Now.AddMinutes(9):O}\"");
        await client.Event(arrived => arrived.JobId == job);
        await Task.WhenAll(Enumerable.Range(0, 10_000)
            .Select(number => client.Publish("cancel-job", $$"""{"jobId":"nobody-{{number}}"}""")));

        await client.Publish("cancel-job", $$"""{"jobId":"{{job}}"}""");

        Assert.Equal(FailureCodes.Cancelled, (await Soon()).Code);
    }

    Task Send(string more, string model = "m") =>
        client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"{{model}}","messages":[{"text":"x"}]{{more}} }""");

    Task<Arrived> Soon() =>
        client.Ending(job).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
