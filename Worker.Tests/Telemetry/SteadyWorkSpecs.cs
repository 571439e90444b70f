using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Telemetry;

/// <summary>Background work ends with the worker, and never ends the worker.</summary>
public sealed class SteadyWorkSpecs
{
    readonly FakeTimeProvider clock = new();

    public static TheoryData<string> EachService =>
        [.. typeof(SteadyWork).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(BackgroundService)))
            .Select(type => type.FullName!)];

    [Theory, MemberData(nameof(EachService))]
    public void Each_service_goes_on_after_any_failure_in_it(string service) =>
        Assert.True(typeof(SteadyWork).Assembly.GetType(service)!.IsAssignableTo(typeof(SteadyWork)),
            $"{service} has to be a {nameof(SteadyWork)}, or one failure of it ends the worker.");

    [Fact]
    public async Task What_fails_begins_anew()
    {
        using var work = new Failing(clock);
        await work.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.Is(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return work.Begun >= 3;
        });

        Assert.False(work.ExecuteTask!.IsCompleted);
        await work.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(work.ExecuteTask.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_is_done_again_and_again_is_done_again_after_it_failed()
    {
        using var work = new Recurring(clock);
        await work.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.Is(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return work.Runs >= 3;
        });

        await work.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(work.ExecuteTask!.IsFaulted);
    }

    sealed class Failing(TimeProvider clock) : SteadyWork(clock, NullLogger.Instance)
    {
        public int Begun { get; private set; }

        // The first fails at once, the second later, and the third as if it were cancelled.
        protected override async Task Work(CancellationToken stop)
        {
            if (++Begun == 1)
                throw new InvalidOperationException();
            await Task.Yield();
            throw Begun == 2 ? new NotSupportedException() : new OperationCanceledException();
        }
    }

    sealed class Recurring(TimeProvider clock) : RecurringWork(clock, NullLogger.Instance)
    {
        public int Runs { get; private set; }

        protected override TimeSpan Every => TimeSpan.FromMinutes(1);

        protected override Task Run(CancellationToken stop)
        {
            Runs++;
            throw new InvalidOperationException();
        }
    }
}
