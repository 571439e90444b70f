using System.Globalization;
using System.Text;
using CsCheck;
using OpenAIWorker.Delivery.Broker;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>
/// Sends jobs until the time is over, with an ordinary one beside them each second, and watches the process meanwhile.
/// </summary>
sealed class FuzzRun(IFuzzTarget target, FuzzProvider provider, FuzzPlan plan)
{
    const long MostMemory = 300L * 1024 * 1024;
    const int AtOnce = 4;

    static readonly TimeSpan CalmPatience = TimeSpan.FromSeconds(30);

    static readonly Gen<(FuzzMessage Message, FuzzAnswer[] Answers)> Job = Gen.Select(FuzzMessage.Any,
        FuzzAnswer.Any.Array[1, 3]);

    readonly List<string> unobserved = [];
    long before;
    int sent = -1;
    int calm;
    long most;

    public async Task Run()
    {
        Collect();
        before = GC.GetTotalMemory(forceFullCollection: true);
        TaskScheduler.UnobservedTaskException += Note;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var beside = Beside(over.Token);
        try
        {
            if (plan.Only is { } only)
                await Try(only);
            else
                await Send();
            Collect();
        }
        finally
        {
            await over.CancelAsync();
            TaskScheduler.UnobservedTaskException -= Note;
        }
        await beside;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Seed {plan.Seed}: {sent + 1} jobs, {target.Deliveries.Ended} ended, {target.Deliveries.Waiting} "
                + $"waited, {calm} calm ones beside them, at most {most / 1024 / 1024} MB.");
        Assert.True(unobserved.Count == 0, string.Join("\n\n", unobserved.Distinct()));
        NothingIsWrong();
        Assert.NotEqual(0, calm);
    }

    // The first fault ends the run.
    async Task Send()
    {
        var end = TimeProvider.System.GetUtcNow() + plan.Time;
        using var fault = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        async Task Sender()
        {
            while (TimeProvider.System.GetUtcNow() < end && !fault.IsCancellationRequested)
                await Try((uint)Interlocked.Increment(ref sent));
        }
        var senders = Enumerable.Range(0, AtOnce).Select(_ => Sender()).ToList();
        await foreach (var done in Task.WhenEach(senders))
            if (done.IsFaulted)
                await fault.CancelAsync();
        await Task.WhenAll(senders);
    }

    async Task Try(uint number)
    {
        var (message, answers) = plan.Make(Job, number);
        if (plan.Only is not null)
            TestContext.Current.TestOutputHelper?.WriteLine($"{message}");
        var (job, messageId) = (string.Create(CultureInfo.InvariantCulture, $"fuzz-{number:D9}-"),
            Guid.NewGuid().ToString());
        target.Deliveries.Expect(job, messageId);
        provider.Answer(job, messageId, answers);
        try
        {
            if (await target.Send(message.Sent(job, messageId, target.Seal)))
                await target.Deliveries.Settled(job, TestContext.Current.CancellationToken);
            NothingIsWrong();
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException(
                $"{plan.Again(number)} sends this job alone.\n{FuzzMessage.Shown($"{fault}")}\n{message}\nanswers "
                    + $"{string.Join("\n", answers.AsEnumerable())}");
        }
        provider.Forget(job, messageId);
    }

    // Whatever the others do, this one completes, and there is room for it.
    async Task Beside(CancellationToken over)
    {
        using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            do
            {
                var (job, messageId) = ($"fuzz-9{calm:D8}-", Guid.NewGuid().ToString());
                target.Deliveries.Expect(job, messageId);
                var body = $$"""{"jobId":"{{job}}","credential":"{{FuzzSettings.Calm}}","text":"x"}""";
                await target.Send(new("classify-text", Encoding.UTF8.GetBytes(body), messageId, FuzzProperties.Plain,
                    new Dictionary<string, object?>()));
                await target.Deliveries.Settled(job, CancellationToken.None)
                    .WaitAsync(CalmPatience, CancellationToken.None);
                Assert.True(target.Deliveries.IsCompleted(job), $"The calm job {job} did not complete.");
                calm++;
                most = Math.Max(most, Used());
                Assert.InRange(most, 0, MostMemory);
            }
            while (await seconds.WaitForNextTickAsync(over));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    // Without what the process had before, much of which may belong to other tests.
    long Used()
    {
        var used = GC.GetTotalMemory(forceFullCollection: false) - before;
        return Math.Max(0, used < MostMemory ? used : GC.GetTotalMemory(forceFullCollection: true) - before);
    }

    void NothingIsWrong()
    {
        if (target.Deliveries.Faults is { Count: > 0 } faults)
            Assert.Fail(string.Join('\n', faults.Select(FuzzMessage.Shown)));
    }

    // Earlier tests have closed brokers under their workers. Their last exceptions appear when memory is collected.
    void Note(object? sender, UnobservedTaskExceptionEventArgs fault)
    {
        if (!fault.Exception.Flatten().InnerExceptions.All(BrokerConnectionFailure.IsOfBroker))
            unobserved.Add($"{fault.Exception}");
    }

    // What other tests left behind does not belong to this run.
    static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
