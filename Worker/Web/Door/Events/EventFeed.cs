using System.Runtime.CompilerServices;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;

namespace OpenAIWorker.Web.Door.Events;

/// <summary>Endings for one listener, continued from their last position, each of them once.</summary>
sealed class EventFeed(EndingTail tail, EndingSearch search, TimeProvider clock)
{
    const int PageSize = 200;

    /// <summary>Endings from now on, and those since a position if one is given.</summary>
    /// <param name="from">The position; null: from now on.</param>
    /// <param name="wants">Which endings they may and want to receive.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>First an empty item: from then on nothing is missed.</returns>
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
                // The listener is too slow; the rest is read from the database.
            }
            finally
            {
                tail.Remove(listener);
            }
        }
    }

    // An ending whose key is lost must not keep listeners from the following ones.
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
