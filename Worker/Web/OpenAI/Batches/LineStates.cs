namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>How the lines of a batch stand: a few bytes for each.</summary>
sealed class LineStates
{
    readonly List<(int Number, LineState State)> lines = [];
    readonly Dictionary<int, int> places = [];

    public int Count => lines.Count;

    /// <summary>Those that are jobs.</summary>
    public int Jobs => lines.Count - CountOf(LineState.Bad);

    public int Completed => CountOf(LineState.Completed);

    public int Failed => CountOf(LineState.Failed) + CountOf(LineState.Bad);

    /// <summary>Whether a worker is at one of them.</summary>
    public bool IsAnyRunning => CountOf(LineState.Running) > 0;

    public void Add(int number, LineState state)
    {
        places[number] = lines.Count;
        lines.Add((number, state));
    }

    public LineState Of(int number) => lines[places[number]].State;

    public void Set(int number, LineState state) => lines[places[number]] = (number, state);

    /// <summary>The lines up to one that are jobs, and have not ended.</summary>
    public List<int> Open(long upTo) => [.. lines
        .Where(line => line.Number <= upTo && line.State is (LineState.Open or LineState.Running))
        .Select(line => line.Number)];

    int CountOf(LineState state) => lines.Count(line => line.State == state);
}

/// <summary>How a line stands.</summary>
enum LineState : byte
{
    /// <summary>It is a job that no worker is at.</summary>
    Open,

    /// <summary>A worker is at it.</summary>
    Running,

    /// <summary>It has a result.</summary>
    Completed,

    /// <summary>It has none.</summary>
    Failed,

    /// <summary>It is no job.</summary>
    Bad,
}
