using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery;

/// <summary>Several workers read one order of notes, on a clock that the test moves.</summary>
public sealed class WaitBookSpecs
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    readonly FakeTimeProvider clock = new(new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    readonly WarpedClock wall;
    readonly HashSet<Guid> cancelled = [];
    readonly List<WaitNote> stream = [];
    readonly List<Reader> workers = [];

    public WaitBookSpecs()
    {
        wall = new(clock);
        workers.AddRange([NewWorker(), NewWorker(), NewWorker()]);
    }

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
    public void A_job_that_is_taken_up_first_is_its_workers_and_nobody_tells_its_ending()
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
        cancelled.Add(Cancellations.KeyOf("a"));

        var job = Park(workers[0], "a");

        Assert.Equal([workers[0]], Telling(job));
    }

    [Fact]
    public void Who_starts_later_knows_what_waits_what_was_taken_and_what_was_told()
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

    Reader NewWorker()
    {
        var id = Guid.NewGuid();
        var reader = new Reader(id, new(id, cancelled.Contains, wall));
        foreach (var note in stream)
            reader.Book.Read(note);
        return reader;
    }

    WaitNote Park(Reader worker, string id, TimeSpan? end = null, string code = FailureCodes.WaitedTooLong)
    {
        var note = Note(id, end ?? Hour, code) with { By = worker.Id };
        Write(worker, note);
        return note;
    }

    WaitNote Note(string id, TimeSpan end, string code = FailureCodes.WaitedTooLong) =>
        new(WaitStep.Waits, Guid.NewGuid())
        {
            Job = Cancellations.KeyOf(id),
            End = clock.GetUtcNow() + end,
            Code = code,
            Told = JsonSerializer.SerializeToElement(new WaitingEnd(Failed(id), null, null), BusJson.Options),
        };

    static OperationFailed Failed(string id) => new()
    {
        JobId = id,
        Operation = "message-model",
        Code = "",
        Kind = FailureKind.Permanent,
        Message = "",
        Attempts = 1,
        FirstSeen = default,
        FailedAt = default,
    };

    WaitState Take(Reader worker, WaitNote job) => Write(worker, new(WaitStep.Taken, job.Key)).State;

    void Cancel(WaitNote job)
    {
        cancelled.Add(job.Job);
        workers.ForEach(worker => worker.Book.Cancel(job.Job));
    }

    /// <summary>Who is the one to tell the job's ending, of all that now want to.</summary>
    IReadOnlyList<Reader> Telling(WaitNote job) =>
        [.. workers.Where(worker =>
            worker.Book.Due().Where(note => note.Key == job.Key).ToList()
                .Any(note => Write(worker, note).End is not null))];

    /// <summary>All read it; the writer's answer counts.</summary>
    WaitAnswer Write(Reader worker, WaitNote note)
    {
        note = note with { By = worker.Id };
        stream.Add(note);
        return workers.Select(reader => (reader, Answer: reader.Book.Read(note))).ToList()
            .First(read => read.reader == worker).Answer;
    }

    sealed record Reader(Guid Id, WaitBook Book);
}
