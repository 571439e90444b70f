using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records.Changes;

/// <summary>Writes changes of different jobs, and what they mean for groups and sums, in one transaction.</summary>
sealed class RecordTransaction(Database database, WorkerRegister register, TimeProvider clock)
{
    /// <summary>The result of each change.</summary>
    /// <exception cref="StrangerException">This worker is not in the register.</exception>
    public Task<List<(RecordMade? Made, RecordSeen? Seen)>> Run(IReadOnlyList<RecordChange> changes, bool isDurable) =>
        database.WriteHere(session => Run(session, changes), isDurable);

    async Task<List<(RecordMade? Made, RecordSeen? Seen)>> Run(Session session,
        IReadOnlyList<RecordChange> changes)
    {
        // The same order of rows for all workers, to avoid deadlocks.
        var ordered = changes.OrderBy(change => change.Key).ToList();
        List<Statement> statements =
        [
            .. from change in ordered
               let row = change.Row
               where row is not null
               group row.Value.Values by row.Value.Insert into rows
               from statement in session.Inserting(rows.Key, [.. rows], ("worker", register.Id))
               select statement,
            .. ordered.SelectMany(change => change.Statements),
        ];
        var counts = ordered.Exists(change => change.MayCount || IsSummedHere(session, change));
        var returned = await session.Each(statements, RecordMade.Read, isLast: !counts);
        var made = returned.SelectMany(rows => rows).DistinctBy(row => row.Key).ToDictionary(row => row.Key);
        if (counts)
            await Count(session, ordered, made);
        if (ordered.Exists(change => change is ClaimChange && !made.ContainsKey(change.Key)))
            await CheckRegister(session);
        var found = new List<(RecordMade? Made, RecordSeen? Seen)>(changes.Count);
        foreach (var change in changes)
            found.Add(made.TryGetValue(change.Key, out var row) ? (row, null)
                : (null, await Prevented(session, change)));
        return found;
    }

    // A server sums the rows of an insert itself.
    static bool IsSummedHere(Session session, RecordChange change) =>
        change.IsSummed && !(session.IsOfServer && change.Row is not null);

    async Task CheckRegister(Session session)
    {
        var (sql, parameters) = (register.IsKnown.Sql, register.IsKnown.Parameters);
        if (await session.Row(sql, row => row.GetString(0), parameters) is null)
            throw new StrangerException();
    }

    static async Task<RecordSeen?> Prevented(Session session, RecordChange change)
    {
        var seen = change.Look is { } look
            ? await session.Row(look.Sql, RecordChange.Read, look.Parameters)
            : null;
        return seen is null && change is ClaimChange ? throw new StrangerException() : seen;
    }

    // After the jobs, and in the same order for all, for the same reason.
    async Task Count(Session session, List<RecordChange> changes, Dictionary<JobKey, RecordMade> made)
    {
        var (counts, sums) = (new SortedDictionary<GroupKey, GroupCount>(), new SortedDictionary<SumKey, EndedSum>());
        foreach (var change in changes.Where(change => made.ContainsKey(change.Key)))
        {
            if (change.CountFor(made[change.Key]) is { } count)
                counts[count.Key] = counts.TryGetValue(count.Key, out var before) ? before.And(count) : count;
            if (IsSummedHere(session, change) && change.SumFor(made[change.Key]) is { } sum)
                sums[sum.Key] = sums.TryGetValue(sum.Key, out var before) ? before.And(sum) : sum;
        }
        foreach (var count in counts.Values)
            await count.Write(session, clock.GetUtcNow());
        if (sums.Count > 0)
            await session.Each([.. sums.Values.Select(sum => sum.Adding(register.Id))], _ => true, isLast: true);
    }
}

/// <summary>
/// This worker is not in the register, so that any worker could take its jobs: it gets none. Or a record was deleted
/// while it was read.
/// </summary>
sealed class StrangerException : Exception;
