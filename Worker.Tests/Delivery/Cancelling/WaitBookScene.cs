using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Cancelling;

/// <summary>Several workers read the same sequence of notes, on a clock that the test moves.</summary>
public abstract class WaitBookScene
{
    private protected static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private protected readonly FakeTimeProvider clock = new(new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
    private protected readonly WarpedClock wall;
    private protected readonly HashSet<Guid> cancelled = [];
    private protected readonly List<WaitNote> stream = [];
    private protected readonly List<Reader> workers = [];

    protected WaitBookScene()
    {
        wall = new(clock);
        workers.AddRange([NewWorker(), NewWorker(), NewWorker()]);
    }

    private protected Reader NewWorker()
    {
        var id = Guid.NewGuid();
        var reader = new Reader(id, new(id, marks => cancelled.Contains(marks.Job), wall));
        foreach (var note in stream)
            reader.Book.Read(note);
        return reader;
    }

    private protected WaitNote Park(Reader worker, string id, TimeSpan? end = null,
        string code = FailureCodes.WaitedTooLong)
    {
        var note = Note(id, end ?? Hour, code) with { By = worker.Id };
        Write(worker, note);
        return note;
    }

    private protected WaitNote Note(string id, TimeSpan end, string code = FailureCodes.WaitedTooLong) =>
        new(WaitStep.Waits, Guid.NewGuid())
        {
            Job = CancelTarget.HashOf(id),
            End = clock.GetUtcNow() + end,
            Code = code,
            Told = JsonSerializer.SerializeToElement(new WaitingEnd(Failed(id), null, null), BusJson.Options),
        };

    private protected static OperationFailed Failed(string id) => new()
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

    private protected WaitState Take(Reader worker, WaitNote job) => Write(worker, new(WaitStep.Taken, job.Key)).State;

    private protected void Cancel(WaitNote job)
    {
        cancelled.Add(job.Job);
        workers.ForEach(worker => worker.Book.Cancel(new(new(job.Job, default, default), DateTimeOffset.MaxValue)));
    }

    /// <summary>The worker that publishes the job's ending, of all that want to.</summary>
    private protected IReadOnlyList<Reader> Telling(WaitNote job) =>
        [.. workers.Where(worker =>
            worker.Book.Due().Where(note => note.Key == job.Key).ToList()
                .Any(note => Write(worker, note).End is not null))];

    /// <summary>All read it; the writer's answer counts.</summary>
    private protected WaitAnswer Write(Reader worker, WaitNote note)
    {
        note = note with { By = worker.Id };
        stream.Add(note);
        return workers.Select(reader => (reader, Answer: reader.Book.Read(note))).ToList()
            .First(read => read.reader == worker).Answer;
    }

    private protected sealed record Reader(Guid Id, WaitBook Book);
}
