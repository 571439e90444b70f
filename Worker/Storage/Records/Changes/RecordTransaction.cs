using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records.Changes;

/// <summary>Writes changes of different jobs, and what they mean for groups and sums, in one transaction.</summary>
sealed class RecordTransaction(Database database, WorkerRegister register, TimeProvider clock)
{
    /// <summary>The result of each change.</summary>
    /// <exception cref="StrangerException">This worker is not in the register.</exception>
    public Task<List<(bool IsMade, RecordSeen? Seen)>> Run(IReadOnlyList<RecordChange> changes, bool isDurable) =>
        database.WriteBeside(session => Run(session, changes), isDurable, CancellationToken.None);

    async Task<List<(bool IsMade, RecordSeen? Seen)>> Run(Session session, IReadOnlyList<RecordChange> changes)
    {
        // The same order of rows for all workers, to avoid deadlocks.
        var ordered = changes.OrderBy(change => change.Key).ToList();
        List<Statement> statements =
        [
            register.IsKnown,
            .. from change in ordered
               let row = change.Row
               where row is not null
               group row.Value.Values by row.Value.Insert into rows
               from statement in session.Inserting(rows.Key, [.. rows])
               select statement,
            .. ordered.SelectMany(change => change.Statements),
        ];
        var returned = await session.Each(statements, RecordMade.Read);
        if (returned[0].Count == 0)
            throw new StrangerException();
        var made = returned.Skip(1).SelectMany(rows => rows).DistinctBy(row => row.Key)
            .ToDictionary(row => row.Key);
        await Count(session, ordered, made);
        var found = new List<(bool IsMade, RecordSeen? Seen)>(changes.Count);
        foreach (var change in changes)
            found.Add(made.ContainsKey(change.Key) ? (true, null)
                : (false, change.Look is { } look ? await session.Row(look.Sql, RecordChange.Read, look.Parameters)
                    : null));
        return found;
    }

    // After the jobs, and in the same order for all, for the same reason.
    async Task Count(Session session, List<RecordChange> changes, Dictionary<JobKey, RecordMade> made)
    {
        var (counts, sums) = (new SortedDictionary<GroupKey, GroupCount>(), new SortedDictionary<SumKey, EndedSum>());
        foreach (var change in changes.Where(change => made.ContainsKey(change.Key)))
        {
            if (change.CountFor(made[change.Key]) is { } count)
                counts[count.Key] = counts.TryGetValue(count.Key, out var before) ? before.And(count) : count;
            if (change.SumFor(made[change.Key]) is { } sum)
                sums[sum.Key] = sums.TryGetValue(sum.Key, out var before) ? before.And(sum) : sum;
        }
        foreach (var count in counts.Values)
            await count.Write(session, clock.GetUtcNow());
        if (sums.Count > 0)
            await session.Each([.. sums.Values.Select(sum => sum.Adding(register.Id))], _ => true);
    }
}

/// <summary>This worker is not in the register, so that any worker could take its jobs: nothing is written.</summary>
sealed class StrangerException : Exception;
