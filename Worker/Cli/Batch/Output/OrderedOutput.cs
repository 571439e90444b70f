namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// Holds endings back until those of all earlier lines are written, for an output that cannot be sorted afterwards.
/// </summary>
sealed class OrderedOutput(OutputFile output)
{
    readonly SortedDictionary<long, Kept> kept = [];
    Task writing = Task.CompletedTask;
    long next;

    /// <param name="place">The line's position among the written ones: 0, 1, 2, …</param>
    /// <param name="record">Its ending.</param>
    /// <param name="passedOn">Called when it is no longer held back.</param>
    public Task Add(long place, ReadOnlyMemory<byte> record, Action? passedOn)
    {
        lock (kept)
        {
            kept[place] = new(record, passedOn);
            while (kept.Remove(next, out var due))
            {
                Pass(due);
                next++;
            }
            return writing;
        }
    }

    /// <summary>Writes what is held back; no more endings will come.</summary>
    public async Task Flush()
    {
        foreach (var held in kept.Values)
            Pass(held);
        kept.Clear();
        await writing;
    }

    void Pass(Kept held)
    {
        writing = output.Add(held.Record);
        held.PassedOn?.Invoke();
    }

    readonly record struct Kept(ReadOnlyMemory<byte> Record, Action? PassedOn);
}
