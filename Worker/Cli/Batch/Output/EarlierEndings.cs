using OpenAIWorker.Cli.Batch.Input;

namespace OpenAIWorker.Cli.Batch.Output;

/// <summary>The endings of earlier runs in an output.</summary>
sealed class EarlierEndings
{
    readonly Dictionary<LineHash, int> done = [];
    readonly List<(LineHash Hash, UInt128 Id)> all = [];

    readonly Dictionary<string, List<LineHash>> nameless = [];

    public int Count => all.Count;

    public int Failed { get; private set; }

    /// <summary>Their cost, as far as it is known.</summary>
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

    /// <summary>The number of lines with this content whose ending was not taken.</summary>
    public int CountOf(LineHash line) => done.GetValueOrDefault(line);

    public bool Has(LineHash line) => done.ContainsKey(line);

    /// <summary>The endings of lines without an id, from an input of this name.</summary>
    public IReadOnlyList<LineHash> Nameless(string file) => nameless.GetValueOrDefault(file, []);

    /// <summary>
    /// Takes the ending of a line with this content, if there is one. Each of several equal lines has its own.
    /// </summary>
    public bool Take(LineHash line)
    {
        if (done.GetValueOrDefault(line) is not (> 0 and var left))
            return false;
        done[line] = left - 1;
        return true;
    }

    /// <summary>
    /// The ids whose line is no longer in the input: a line with such an id now has other content than the one that was
    /// answered.
    /// </summary>
    public HashSet<UInt128> IdsWithout(Dictionary<LineHash, int> lines) =>
        [.. all.Where(ending => !lines.ContainsKey(ending.Hash)).Select(ending => ending.Id)];

    /// <summary>The ids of all endings.</summary>
    public HashSet<UInt128> Ids() => [.. all.Select(ending => ending.Id)];
}
