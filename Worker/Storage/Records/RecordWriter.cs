using System.Threading.Channels;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records;

/// <summary>
/// Writes changes to the database in order. Changes that arrive during one transaction are written together in the next
/// one. So a busy worker writes much in few transactions, and an idle one never waits.
/// </summary>
sealed class RecordWriter(Database database, WorkerRegister register, GroupSizes groups, TimeProvider clock)
{
    // With two statements per change, and up to 25 parameters per statement, this stays below every database's limit.
    const int AtOnce = 400;

    // Changes that nobody waits for are dropped beyond this number: an unavailable database must not fill the memory.
    const int MostWaiting = 20_000;

    readonly Channel<RecordChange> changes = Channel.CreateUnbounded<RecordChange>();
    int isWriting;

    /// <summary>Completes when nothing is left to write.</summary>
    public Task Idle { get; private set; } = Task.CompletedTask;

    public void Write(RecordChange change)
    {
        if (change is StepChange && changes.Reader.Count > MostWaiting)
            return;
        changes.Writer.TryWrite(change);
        Begin();
    }

    void Begin()
    {
        if (Interlocked.Exchange(ref isWriting, 1) == 1)
            return;
        // Without the execution context of the job that happens to come first.
        using (ExecutionContext.SuppressFlow())
            Idle = Task.Run(WriteAll);
    }

    async Task WriteAll()
    {
        var group = new List<RecordChange>();
        do
        {
            while (changes.Reader.TryRead(out var first))
            {
                group.Add(first);
                while (group.Count < AtOnce && changes.Reader.TryRead(out var next))
                    group.Add(next);
                await WriteGroup(group);
                group.Clear();
            }
            Volatile.Write(ref isWriting, 0);
        }
        while (changes.Reader.Count > 0 && Interlocked.Exchange(ref isWriting, 1) == 0);
    }

    async Task WriteGroup(List<RecordChange> group)
    {
        try
        {
            await Admit(group);
            if (group.Count == 0)
                return;
            var found = await database.WriteBeside(session => Run(session, group),
                group.Exists(change => change.IsDurable), CancellationToken.None);
            for (var i = 0; i < group.Count; i++)
                group[i].Done(found[i].IsMade, found[i].Seen);
        }
        catch (StrangerException)
        {
            await Enter(group);
        }
        // A change that the database refuses must not fail the others.
        catch (FailureException refused) when (group.Count > 1 && refused.Failure.Code == FailureCodes.StoreRefused)
        {
            foreach (var change in group)
                await WriteGroup([change]);
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
        await WriteGroup(group);
    }

    async Task<List<(bool IsMade, RecordSeen? Seen)>> Run(Session session, List<RecordChange> group)
    {
        // The same order of rows for all workers, to avoid deadlocks. Changes of one job keep their order.
        var ordered = group.Select((change, place) => (Change: change, Place: place)).OrderBy(entry => entry.Change.Key)
            .ToList();
        var statements = ordered.SelectMany(entry => entry.Change.Statements).Prepend(register.IsKnown).ToList();
        var rows = await session.Firsts(statements, RecordMade.Read);
        var found = new (bool IsMade, RecordSeen? Seen)[group.Count];
        if (rows[0] is null)
            throw new StrangerException();
        var (at, counts, sums) = (1, new SortedDictionary<GroupKey, GroupCount>(),
            new SortedDictionary<SumKey, EndedSum>());
        foreach (var (change, place) in ordered)
        {
            found[place].IsMade = rows[at] is not null;
            if (rows[at] is { } made && change.CountFor(made) is { } count)
                counts[count.Key] = counts.TryGetValue(count.Key, out var before) ? before.And(count) : count;
            if (rows[at] is { } ended && change.SumFor(ended) is { } sum)
                sums[sum.Key] = sums.TryGetValue(sum.Key, out var before) ? before.And(sum) : sum;
            at += change.Statements.Count;
        }
        // After the jobs, and in the same order for all, for the same reason.
        foreach (var count in counts.Values)
            await count.Write(session, clock.GetUtcNow());
        foreach (var sum in sums.Values)
            await sum.Write(session, register.Id);
        var looks = ordered.Where(entry => !found[entry.Place].IsMade && entry.Change.Look is not null).ToList();
        foreach (var (change, place) in looks)
            found[place].Seen = await session.Row(change.Look!.Sql, RecordChange.Read, change.Look.Parameters);
        return [.. found];
    }

    // This worker is not in the register, so that any worker could take its jobs: nothing is written.
    sealed class StrangerException : Exception;
}
