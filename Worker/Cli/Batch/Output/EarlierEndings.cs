using OpenAIWorker.Cli.Batch.Input;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>What an output holds of earlier runs.</summary>
sealed class EarlierEndings
{
    readonly Dictionary<LineHash, int> done = [];
    readonly List<(LineHash Hash, UInt128 Id)> all = [];

    readonly Dictionary<string, List<LineHash>> nameless = [];

    public int Count => all.Count;

    public int Failed { get; private set; }

    /// <summary>What they cost, as far as it is known.</summary>
    public decimal Cost { get; private set; }

    public void Add(EarlierEnding ending)
    {
        done[ending.Hash] = done.GetValueOrDefault(ending.Hash) + 1;
        all.Add((ending.Hash, JobNames.Short(ending.Id)));
        if (JobNames.FileOf(ending.Id, ending.Hash) is { } file)
            (nameless.TryGetValue(file, out var lines) ? lines : nameless[file] = []).Add(ending.Hash);
        Failed += ending.IsFailed ? 1 : 0;
        Cost += ending.Cost ?? 0;
    }

    /// <summary>How many lines of this content have an ending that was not taken.</summary>
    public int CountOf(LineHash line) => done.GetValueOrDefault(line);

    public bool Has(LineHash line) => done.ContainsKey(line);

    /// <summary>The endings of lines without an id, of an input of this name.</summary>
    public IReadOnlyList<LineHash> Nameless(string file) => nameless.GetValueOrDefault(file, []);

    /// <summary>
    /// Takes the ending of a line with this content, if there is one. Lines that are alike have one each.
    /// </summary>
    public bool Take(LineHash line)
    {
        if (done.GetValueOrDefault(line) is not (> 0 and var left))
            return false;
        done[line] = left - 1;
        return true;
    }

    /// <summary>
    /// The ids whose line is not in the input any more: a line with such an id has another content than the one that
    /// was answered.
    /// </summary>
    public HashSet<UInt128> IdsWithout(HashSet<LineHash> lines) =>
        [.. all.Where(ending => !lines.Contains(ending.Hash)).Select(ending => ending.Id)];
}
