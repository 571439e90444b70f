using System.Runtime.CompilerServices;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;

namespace OpenAIWorker.Web.Door.Events;

/// <summary>Endings for one listener, from where he was, each of them once.</summary>
sealed class EventFeed(EndingTail tail, EndingSearch search, TimeProvider clock)
{
    const int PageSize = 200;

    /// <summary>What ends from now on, and what has ended since a place, where there is one.</summary>
    /// <param name="from">The place; null: from now on.</param>
    /// <param name="wants">What he may and will hear.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>At first nothing: from then on nothing is missed.</returns>
    public async IAsyncEnumerable<(EndedJob? Ended, EventPlace Place)> Follow(EventPlace? from,
        Func<JobRecord, bool> wants, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var place = from ?? EventPlace.From(clock.GetUtcNow() - EndingWindow.Latest);
        var isNew = from is null;
        if (!isNew)
            yield return (null, place);
        while (true)
        {
            var listener = new EndingListener(wants);
            tail.Add(listener);
            try
            {
                await listener.Begun.WaitAsync(cancellation);
                await foreach (var ended in Missed(place, wants, isNew, cancellation))
                    if (Read(ended) is { } read)
                        yield return (read, place);
                place.Settle();
                if (isNew)
                    yield return (null, place);
                isNew = false;
                await foreach (var ended in listener.Arrived.ReadAllAsync(cancellation))
                {
                    if (place.Has(ended.Record))
                        continue;
                    place.Add(ended.Record);
                    if (Read(ended) is { } read)
                        yield return (read, place);
                }
                // He is slower than they come: the database has the rest.
            }
            finally
            {
                tail.Remove(listener);
            }
        }
    }

    // One whose key is lost must not keep its listeners from all that follow.
    EndedJob? Read(EndedRecord ended)
    {
        try
        {
            return tail.Open(ended);
        }
        catch (FailureException)
        {
            return null;
        }
    }

    async IAsyncEnumerable<EndedRecord> Missed(EventPlace place, Func<JobRecord, bool> wants, bool isNew,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var missed = new List<JobRecord>();
        await foreach (var record in search.From(place.Since, PageSize, cancellation))
        {
            if (!wants(record))
                continue;
            if (isNew || place.Has(record))
            {
                place.Add(record);
                continue;
            }
            missed.Add(record);
            if (missed.Count < PageSize)
                continue;
            foreach (var ended in await Contents(missed, cancellation))
            {
                place.Add(ended.Record);
                yield return ended;
            }
            missed.Clear();
        }
        foreach (var ended in await Contents(missed, cancellation))
        {
            place.Add(ended.Record);
            yield return ended;
        }
    }

    async Task<IEnumerable<EndedRecord>> Contents(List<JobRecord> records, CancellationToken cancellation) =>
        (await search.Of([.. records.Select(record => record.Key)], cancellation))
        .OrderBy(ended => ended.Record.EndedAt);
}
