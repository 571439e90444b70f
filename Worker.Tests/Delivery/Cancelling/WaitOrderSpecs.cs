using OpenAIWorker.Delivery.Cancelling;

namespace OpenAIWorker.Tests.Delivery.Cancelling;

/// <summary>Notes that are read in an inconvenient order.</summary>
public sealed class WaitOrderSpecs : WaitBookScene
{
    [Fact]
    public void A_job_that_is_given_back_waits_again()
    {
        var job = Park(workers[0], "a");
        Take(workers[1], job);
        Write(workers[1], job with { Step = WaitStep.WaitsAgain });

        Cancel(job);

        Assert.Equal([workers[1]], Telling(job));
    }

    [Fact]
    public void What_is_given_back_does_not_wait_when_another_worker_has_taken_it_since()
    {
        var job = Park(workers[0], "a");
        Take(workers[1], job);
        Take(workers[2], job);
        Write(workers[1], job with { Step = WaitStep.WaitsAgain });

        Cancel(job);
        clock.Advance(WaitBook.Patience);

        Assert.Empty(Telling(job));
    }

    [Fact]
    public void A_job_that_is_taken_before_it_is_said_to_wait_does_not_wait()
    {
        var job = Note("a", Hour);
        Assert.Equal(WaitState.Free, Take(workers[1], job));
        Write(workers[0], job);

        Cancel(job);
        clock.Advance(WaitBook.Patience);

        Assert.Empty(Telling(job));
    }

    [Fact]
    public void A_cancellation_that_is_read_before_the_job_waits_ends_it()
    {
        cancelled.Add(CancelTarget.HashOf("a"));

        var job = Park(workers[0], "a");

        Assert.Equal([workers[0]], Telling(job));
    }

    [Fact]
    public void A_later_worker_knows_what_waits_what_was_taken_and_what_was_told()
    {
        var (waits, taken, told) = (Park(workers[0], "a"), Park(workers[0], "b"), Park(workers[0], "c"));
        Take(workers[1], taken);
        Cancel(told);
        Telling(told);
        Write(workers[0], new(WaitStep.Told, told.Key));
        workers.Clear();

        workers.Add(NewWorker());

        Assert.Equal(1, workers[0].Book.Count);
        Assert.Equal(WaitState.Free, Take(workers[0], waits));
        Assert.Equal(WaitState.Free, Take(workers[0], taken));
        Assert.Equal(WaitState.Told, Take(workers[0], told));
    }

    [Fact]
    public void All_jobs_of_one_id_are_cancelled_and_each_can_be_taken()
    {
        WaitNote[] jobs = [.. Enumerable.Range(0, 5).Select(_ => Park(workers[0], "same"))];
        Take(workers[1], jobs[2]);
        Take(workers[1], jobs[0]);
        Take(workers[1], jobs[4]);

        Cancel(jobs[1]);

        Assert.Equivalent(new[] { jobs[1].Key, jobs[3].Key }, workers[0].Book.Due().Select(note => note.Key),
            strict: true);
    }

    [Fact]
    public void No_order_of_takes_and_cancellations_gives_a_job_to_two()
    {
        var chance = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var job = Park(workers[chance.Next(3)], $"{round}");
            var (called, told) = (0, 0);
            Cancel(job);
            for (var step = 0; step < 12; step++)
            {
                var worker = workers[chance.Next(3)];
                if (chance.Next(4) == 0)
                    called += Take(worker, job) == WaitState.Free ? 1 : 0;
                else
                    told += worker.Book.Due().Where(note => note.Key == job.Key).Select(note => Write(worker, note))
                        .Count(answer => answer.End is not null);
                clock.Advance(TimeSpan.FromSeconds(chance.Next(3)));
            }

            Assert.True(called == 0 || told == 0, $"Round {round}: called {called} times and told {told} times.");
        }
    }
}
