using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Cancelling;

namespace OpenAIWorker.Tests.Delivery.Cancelling;

/// <summary>Several workers read the same sequence of notes, on a clock that the test moves.</summary>
public sealed class WaitBookSpecs : WaitBookScene
{
    [Fact]
    public void A_cancelled_job_is_ended_by_the_worker_that_put_it_there()
    {
        var job = Park(workers[0], "a");

        Cancel(job);

        Assert.Equal([workers[0]], Telling(job));
    }

    [Fact]
    public void A_cancelled_job_whose_worker_has_died_is_ended_by_one_of_the_others_within_seconds()
    {
        var job = Park(workers[0], "a");
        workers.RemoveAt(0);

        Cancel(job);
        Assert.Empty(Telling(job));
        clock.Advance(2 * WaitBook.OthersAfter);

        Assert.Single(Telling(job));
    }

    [Fact]
    public void A_job_that_is_taken_up_first_is_its_workers_and_no_other_tells_its_ending()
    {
        var job = Park(workers[0], "a");
        Assert.Equal(WaitState.Free, Take(workers[1], job));

        Cancel(job);
        clock.Advance(2 * WaitBook.Patience);

        Assert.Empty(Telling(job));
    }

    [Fact]
    public void A_job_that_comes_up_behind_its_ending_is_let_go()
    {
        var job = Park(workers[0], "a");
        Cancel(job);
        Assert.Equal([workers[0]], Telling(job));

        Assert.Equal(WaitState.Ending, Take(workers[1], job));
        Write(workers[0], new(WaitStep.Told, job.Key));

        Assert.Equal(WaitState.Told, Take(workers[1], job));
        Assert.True(workers[2].Book.IsTold(job.Key));
    }

    [Fact]
    public void Of_workers_that_want_to_tell_at_one_moment_one_does()
    {
        var job = Park(workers[0], "a");
        workers[0] = NewWorker();
        Cancel(job);
        clock.Advance(2 * WaitBook.OthersAfter);

        var wanting = workers.Select(worker => (worker, Notes: worker.Book.Due())).ToList();
        var told = wanting.SelectMany(one => one.Notes.Select(note => Write(one.worker, note)))
            .Count(answer => answer.End is not null);

        Assert.Equal((3, 1), (wanting.Count(one => one.Notes.Count == 1), told));
    }

    [Fact]
    public void An_ending_that_its_worker_did_not_live_to_tell_is_told_by_another_one()
    {
        var job = Park(workers[0], "a");
        Cancel(job);
        Assert.Equal([workers[0]], Telling(job));
        workers.RemoveAt(0);
        Assert.Empty(Telling(job));

        clock.Advance(WaitBook.Patience);

        Assert.Single(Telling(job));
    }

    [Fact]
    public void Late_jobs_are_ended_when_they_are_over_with_the_code_that_they_waited_with()
    {
        var job = Park(workers[0], "a", TimeSpan.FromSeconds(10), FailureCodes.DeadlineExceeded);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(workers[0].Book.Due());

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((job.Key, FailureCodes.DeadlineExceeded),
            Assert.Single(workers[0].Book.Due()) is var note ? (note.Key, note.Code) : default);
    }

    [Fact]
    public void A_clock_that_is_set_back_holds_up_no_cancellation()
    {
        var job = Park(workers[0], "a");
        workers.RemoveAt(0);
        Cancel(job);
        clock.Advance(2 * WaitBook.OthersAfter);
        wall.Set = -Hour;

        Assert.Single(Telling(job));
    }
}
