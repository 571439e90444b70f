namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>
/// Holds endings back until those of all earlier lines are written, for an output that cannot be sorted afterwards.
/// </summary>
sealed class OrderedOutput(OutputFile output)
{
    readonly SortedDictionary<long, ReadOnlyMemory<byte>> kept = [];
    Task writing = Task.CompletedTask;
    long next;

    /// <param name="place">The line's position among the written ones: 0, 1, 2, …</param>
    /// <param name="record">Its ending.</param>
    public Task Add(long place, ReadOnlyMemory<byte> record)
    {
        lock (kept)
        {
            kept[place] = record;
            while (kept.Remove(next, out var due))
            {
                writing = After(writing, due);
                next++;
            }
            return writing;
        }
    }

    async Task After(Task before, ReadOnlyMemory<byte> record)
    {
        await before;
        await output.Add(record);
    }

    /// <summary>Writes what is held back; no more endings will come.</summary>
    public async Task Flush()
    {
        await writing;
        foreach (var record in kept.Values)
            await output.Add(record);
        kept.Clear();
    }
}
