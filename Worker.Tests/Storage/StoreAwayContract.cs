using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Storage;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Storage;

/// <summary>What every store must do for its jobs when it fails under a running worker.</summary>
public abstract class StoreAwayContract : IDisposable
{
    readonly int health = FreePort.Next();
    readonly HttpClient http = new();

    /// <summary>Its name in the worker's health report.</summary>
    private protected abstract string Store { get; }

    /// <summary>A job with one call that needs the store for its result.</summary>
    private protected abstract JobRequest Job { get; }

    private protected abstract Task<IReadOnlyList<string>> Settings();

    /// <summary>What the job needs before it is sent.</summary>
    private protected virtual Task Prepare(EmbeddedWorker worker) => Task.CompletedTask;

    private protected abstract void Break();

    private protected abstract void Mend();

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_paid_for_is_kept_when_the_store_is_back_and_not_bought_again()
    {
        await using var worker = await Start();
        await Prepare(worker);
        var before = worker.Emulator.Bill.Calls;

        var ending = worker.End(Job);
        await Eventually.Is(() => worker.Emulator.Bill.Calls > before);
        Break();
        await Eventually.Is(() => Reports("away"));
        Mend();

        Assert.Equal(Endings.Completed, (await ending).GetProperty("ending").GetString());
        Assert.Equal(before + 1, worker.Emulator.Bill.Calls);
        Assert.False(await Reports("away"));
    }

    [Fact]
    public async Task Without_the_store_its_jobs_wait_with_no_call_and_no_attempt_and_others_go_on()
    {
        await using var worker = await Start();
        await Prepare(worker);
        Break();
        var before = worker.Emulator.Bill.Calls;

        var ending = worker.End(Job with { JobId = "j" });
        await Eventually.Is(() => worker.Events.Delays("j").Count > 0);
        Assert.Equal(before, worker.Emulator.Bill.Calls);
        await worker.Answer(Operations.Messages.Smallest);
        Mend();

        var result = await ending;
        Assert.Equal((Endings.Completed, 1),
            (result.GetProperty("ending").GetString(), result.GetProperty("attempts").GetInt32()));
        var delay = worker.Events.Delays("j")[0];
        Assert.Equal((FailureCodes.StoreUnavailable, 0),
            (delay.GetProperty("code").GetString(), delay.GetProperty("attempts").GetInt32()));
        Assert.DoesNotMatch("Exception|127.0.0.1|errno", delay.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task A_job_waits_for_the_store_until_its_deadline_and_no_longer()
    {
        await using var worker = await Start();
        await Prepare(worker);
        Break();

        var failure = await worker.Failure(Job with { Deadline = TimeProvider.System.GetUtcNow().AddSeconds(1) });

        Assert.Equal(FailureCodes.DeadlineExceeded, failure.Code);
        Assert.Contains($"{StoreFailures.Of(Store)} is unavailable", failure.Message, StringComparison.Ordinal);
        Mend();
    }

    public virtual void Dispose()
    {
        http.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<EmbeddedWorker> Start(params string[] more) =>
        await EmbeddedWorker.Start(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(300) },
            [$"--Health:Port={health}", .. await Settings(), .. more]);

    async Task<bool> Reports(string status)
    {
        var report = JsonElement.Parse(
            await http.GetStringAsync(new Uri($"http://127.0.0.1:{health}/health/ready"), Cancellation));
        return report.TryGetProperty("stores", out var stores) && stores.EnumerateArray().Any(store =>
            store.GetProperty("name").GetString() == Store && store.GetProperty("status").GetString() == status);
    }
}
