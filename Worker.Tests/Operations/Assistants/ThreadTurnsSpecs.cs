using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations.Assistants.Local;

namespace OpenAIWorker.Tests.Operations.Assistants;

/// <summary>How fast a thread continues from one job to the next, on a clock that the test moves.</summary>
public sealed class ThreadTurnsSpecs : IDisposable
{
    const string Thread = "conv_1";
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("openai-worker-turns-");
    readonly LookingClock clock = new();
    readonly IHost host;
    readonly ThreadTurns turns;

    public ThreadTurnsSpecs()
    {
        var builder = WorkerHost.Worker([$"--Storage:Path={Path.Combine(folder.FullName, "assistants.db")}",
            "--OpenAI:Credentials:default:ApiKey=key"]);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        host = builder.Build();
        turns = host.Services.GetRequiredService<ThreadTurns>();
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_job_is_in_a_tenth_of_a_second_after_the_one_before_it_left()
    {
        var first = await turns.Enter(Job("first"), Thread, new(), Cancellation);
        var waits = await Assert.ThrowsAsync<SuspendedException>(() =>
            turns.Enter(Job("second"), Thread, new(), Cancellation));
        Assert.Equal(TimeSpan.Zero, waits.Suspension.Delay);

        var next = turns.Enter(Job("second"), Thread, waits.Suspension.State, Cancellation);
        await clock.Waits;
        await first.Held!.DisposeAsync();
        clock.Advance(Look);

        var free = await Assert.ThrowsAsync<SuspendedException>(() => next);
        Assert.Equal((false, TimeSpan.Zero), (free.Suspension.State.AwaitsThread, free.Suspension.Delay));
    }

    [Fact]
    public async Task A_job_that_is_not_next_looks_again_after_a_second()
    {
        await turns.Enter(Job("first"), Thread, new(), Cancellation);
        await Assert.ThrowsAsync<SuspendedException>(() => turns.Enter(Job("second"), Thread, new(), Cancellation));

        var waits = await Assert.ThrowsAsync<SuspendedException>(() =>
            turns.Enter(Job("third"), Thread, new(), Cancellation));

        Assert.Equal(TimeSpan.FromSeconds(1), waits.Suspension.Delay);
    }

    public void Dispose()
    {
        host.Dispose();
        folder.Delete(recursive: true);
    }

    static MessageAssistant Job(string id) =>
        new() { JobId = id, AssistantName = "Ada", Prompt = "continue", ThreadId = Thread };

    /// <summary>Signals when a job waits a tenth of a second for the next poll.</summary>
    sealed class LookingClock : FakeTimeProvider
    {
        readonly TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LookingClock() : base(DateTimeOffset.UnixEpoch.AddYears(50)) { }

        public Task Waits => waits.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == Look)
                waits.TrySetResult();
            return timer;
        }
    }
}
