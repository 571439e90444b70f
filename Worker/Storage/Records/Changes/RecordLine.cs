using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records.Changes;

/// <summary>
/// Writes changes to the database in order. Changes that arrive during one transaction are written together in the next
/// one; after a slow one, also those of a few more milliseconds. So a busy worker writes much in few transactions, and
/// an idle one never waits.
/// </summary>
/// <param name="transaction">Writes them.</param>
/// <param name="register">The register, which must contain this worker.</param>
/// <param name="groups">Groups that were inserted.</param>
/// <param name="isDurable">Whether they must survive a power loss.</param>
/// <param name="clock">The clock.</param>
sealed class RecordLine(RecordTransaction transaction, WorkerRegister register, GroupSizes groups, bool isDurable,
    TimeProvider clock)
{
    // Limits how long the next change waits.
    const int AtOnce = 400;

    // Changes whose result is not awaited are dropped beyond this number: an unavailable database must not fill the
    // memory.
    const int MostWaiting = 20_000;

    // An idle worker needs no thread for it.
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    // Beyond it a transaction has waited for busy processors. Changes then gather before the next one, because a server
    // spends as much CPU on a transaction as on seven changes.
    static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(3);
    static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(4);

    readonly object guard = new();
    readonly Queue<RecordChange> changes = new();
    TaskCompletionSource? idle;
    bool hasThread;
    bool isWriting;
    bool isGathering;

    /// <summary>Completes when nothing is left to write.</summary>
    public Task Idle
    {
        get
        {
            lock (guard)
                return !isWriting && changes.Count == 0
                    ? Task.CompletedTask
                    : (idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Write(RecordChange change)
    {
        lock (guard)
        {
            if (change is StepChange && changes.Count > MostWaiting)
                return;
            changes.Enqueue(change);
            // The thread needs no change to end its wait for more of them.
            if (!isGathering || changes.Count == AtOnce)
                Monitor.Pulse(guard);
            if (hasThread)
                return;
            hasThread = true;
            // A thread that waits for the database itself is woken once for each answer. In the pool an answer passes
            // from thread to thread, each of which waits for a processor.
            new Thread(WriteAll) { IsBackground = true, Name = "Records" }.UnsafeStart();
        }
    }

    void WriteAll()
    {
        while (Next() is { } group)
        {
            var began = clock.GetTimestamp();
            Write(group).GetAwaiter().GetResult();
            Gather(clock.GetElapsedTime(began) - Quick);
        }
    }

    void Gather(TimeSpan wanted)
    {
        lock (guard)
        {
            isGathering = wanted > TimeSpan.Zero && changes.Count < AtOnce;
            if (isGathering)
                Monitor.Wait(guard, wanted < LongestGathering ? wanted : LongestGathering);
            isGathering = false;
        }
    }

    // Null: nothing has come for a while.
    List<RecordChange>? Next()
    {
        lock (guard)
        {
            isWriting = false;
            if (changes.Count == 0)
            {
                idle?.TrySetResult();
                idle = null;
            }
            while (changes.Count == 0)
            {
                if (Monitor.Wait(guard, Rest) || changes.Count > 0)
                    continue;
                hasThread = false;
                return null;
            }
            isWriting = true;
            return Group(changes.Dequeue());
        }
    }

    // Of one kind, because two workers that write two kinds in a transaction could wait for each other's rows. No job
    // occurs twice, so that its changes keep their order.
    List<RecordChange> Group(RecordChange first)
    {
        var (group, jobs) = (new List<RecordChange> { first }, new HashSet<JobKey> { first.Key });
        while (group.Count < AtOnce && changes.TryPeek(out var next) && next.GetType() == first.GetType()
            && jobs.Add(next.Key))
            group.Add(changes.Dequeue());
        return group;
    }

    async Task Write(List<RecordChange> group)
    {
        try
        {
            await Admit(group);
            if (group.Count == 0)
                return;
            var found = await transaction.Run(group, isDurable);
            for (var i = 0; i < group.Count; i++)
                group[i].Done(found[i].Made, found[i].Seen);
        }
        catch (StrangerException)
        {
            await Enter(group);
        }
        // A change that the database refuses must not fail the others.
        catch (FailureException refused) when (group.Count > 1 && refused.Failure.Code == FailureCodes.StoreRefused)
        {
            foreach (var change in group)
                await Write([change]);
        }
        catch (Exception broken)
        {
            group.ForEach(change => change.Fail(broken));
        }
    }

    // Groups are inserted before their jobs. A job that states another size of its group is not claimed.
    async Task Admit(List<RecordChange> group)
    {
        var strangers = group.OfType<ClaimChange>().Where(claim => claim.Group is { } named && !groups.Has(named))
            .ToList();
        await groups.Enter(strangers.Select(claim => claim.Group!.Value));
        foreach (var claim in strangers.Where(claim => !groups.Has(claim.Group!.Value)))
        {
            claim.Refuse(groups.SizeOf(claim.Group!.Value.Key));
            group.Remove(claim);
        }
    }

    async Task Enter(List<RecordChange> group)
    {
        try
        {
            await register.Enter();
        }
        catch (FailureException broken)
        {
            group.ForEach(change => change.Fail(broken));
            return;
        }
        await Write(group);
    }
}
