namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>The states of a batch's lines, with a few bytes for each.</summary>
sealed class LineStates
{
    readonly List<(int Number, LineState State)> lines = [];
    readonly Dictionary<int, int> places = [];

    public int Count => lines.Count;

    /// <summary>The number of lines that are jobs.</summary>
    public int Jobs => lines.Count - CountOf(LineState.Bad);

    public int Completed => CountOf(LineState.Completed);

    public int Failed => CountOf(LineState.Failed) + CountOf(LineState.Bad);

    /// <summary>Whether a worker runs one of them.</summary>
    public bool IsAnyRunning => CountOf(LineState.Running) > 0;

    public void Add(int number, LineState state)
    {
        places[number] = lines.Count;
        lines.Add((number, state));
    }

    public LineState Of(int number) => lines[places[number]].State;

    public void Set(int number, LineState state) => lines[places[number]] = (number, state);

    /// <summary>The lines up to a number that are jobs and have not ended.</summary>
    public List<int> Open(long upTo) => [.. lines
        .Where(line => line.Number <= upTo && line.State is (LineState.Open or LineState.Running))
        .Select(line => line.Number)];

    int CountOf(LineState state) => lines.Count(line => line.State == state);
}

/// <summary>The state of a line.</summary>
enum LineState : byte
{
    /// <summary>A job that no worker runs.</summary>
    Open,

    /// <summary>A job that a worker runs.</summary>
    Running,

    /// <summary>It has a result.</summary>
    Completed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It is not a job.</summary>
    Bad,
}
