using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations;

/// <summary>Failures that can never succeed, and failures that can at a time that the provider names.</summary>
public class PermanentFaultSpecs : FaultyScene
{
    public static TheoryData<string> EachOperation => [.. Operations];

    [Theory]
    [InlineData("status:400", FailureCodes.InvalidRequest)]
    [InlineData("status:400:context_length_exceeded", FailureCodes.ContextLengthExceeded)]
    [InlineData("status:400:content_policy_violation", FailureCodes.ContentPolicy)]
    [InlineData("status:404:model_not_found", FailureCodes.ModelNotFound)]
    [InlineData("status:422", FailureCodes.InvalidRequest)]
    public async Task What_will_never_pass_is_given_up_at_once(string fault, string code)
    {
        await using var worker = await EmbeddedWorker.Start();
        worker.Emulator.Faults.Add(fault);

        var failure = await worker.Failure(Messages.Smallest);

        Assert.Equal((code, FailureKind.Permanent, 1), (failure.Code, failure.Kind, failure.Attempts));
        Assert.Equal(failure.Status, worker.OnlyCall.Status);
        Assert.NotNull(failure.Error);
        Assert.StartsWith("req_", failure.RequestId);
    }

    [Fact]
    public async Task A_throttled_job_waits_as_long_as_it_is_told_and_keeps_its_attempt()
    {
        await using var worker = await EmbeddedWorker.Start();
        worker.Emulator.Faults.Add("status:429#2,retry-after:2");

        var ending = await worker.End(Messages.Smallest with { JobId = "j" });

        Assert.Equal((1, 2), (ending.GetProperty("attempts").GetInt32(), ending.GetProperty("waits").GetInt32()));
        var calls = worker.Emulator.Calls;
        Assert.Equal([429, 429, 200], calls.Take(3).Select(call => call.Status));
        Assert.True(calls[1].ReceivedAt - calls[0].ReceivedAt >= TimeSpan.FromSeconds(2),
            "The second call came before Retry-After was over.");
        Assert.All(worker.Events.Delays("j"),
            delay => Assert.Equal(FailureCodes.RateLimited, delay.GetProperty("code").GetString()));
    }

    // The provider asks for a longer wait than the deadline allows: an operation that ignores it would try again.
    [Theory, MemberData(nameof(EachOperation))]
    public async Task Every_operation_obeys_the_wait_that_a_429_asks_for(string operation)
    {
        await using var worker = await Start(operation);
        var request = await Request(operation, worker);
        worker.Emulator.Faults.Add("status:429,retry-after:600");

        var failure = await worker.Failure(request with { Deadline = TimeProvider.System.GetUtcNow().AddMinutes(1) });

        Assert.Equal((FailureCodes.DeadlineExceeded, 1), (failure.Code, failure.Attempts));
        Assert.Contains("Rate limit", failure.Message);
        Assert.Equal(1, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task A_request_larger_than_the_limit_is_given_up_at_once()
    {
        var limits = new Dictionary<string, RateLimit> { [RateLimits.EveryModel] = new() { TokensPerMinute = 100 } };
        await using var worker = await EmbeddedWorker.Start(new EmulatorOptions { Limits = limits });

        var failure = await worker.Failure(Messages.Smallest with { MaxTokens = 1_000 });

        Assert.Equal((FailureCodes.RequestTooLarge, 1, 429), (failure.Code, failure.Attempts, failure.Status!.Value));
    }
}
