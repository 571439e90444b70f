namespace OpenAIWorker.Limits;

/// <summary>
/// How many calls of a group may run at once. It shrinks by a fifth when answers suddenly take twice as long, as more
/// calls would only queue at the provider then, and grows by a tenth when they take as long as they used to. It looks
/// once for each window of answers: those of calls that ran together tell one thing, not many.
/// </summary>
sealed class ConcurrencyWindow
{
    const int SmallestSample = 16;
    const double Jump = 2;
    const double Shrink = 0.8;
    const double Growth = 1.1;
    const double Memory = 0.9;

    // Less is this machine's own doing, not the provider's.
    const double Noticeable = 250;

    readonly List<double> recent = [];
    double usual;
    int least;
    int most;
    double size;
    int together;
    bool wasFull;

    public ConcurrencyWindow(int least, int most) => (this.least, this.most, size) = (least, most, most);

    public int Size => (int)size;

    /// <summary>Other bounds. Within them it stays as it is; at its former most it takes the new one.</summary>
    public void Change(int least, int most)
    {
        size = size >= this.most ? most : Math.Clamp(size, least, most);
        (this.least, this.most) = (least, most);
    }

    /// <summary>How long it takes until so many calls have got a place.</summary>
    public TimeSpan WaitBehind(int calls) => TimeSpan.FromMilliseconds(usual * calls / size);

    /// <param name="took">The call's duration.</param>
    /// <param name="running">How many ran at once, it included.</param>
    /// <param name="isFull">Whether calls waited for room.</param>
    public void Answered(TimeSpan took, int running, bool isFull)
    {
        recent.Add(took.TotalMilliseconds);
        together = Math.Max(together, running);
        wasFull |= isFull;
        if (recent.Count < Math.Max(SmallestSample, together))
            return;
        recent.Sort();
        var median = recent[recent.Count / 2];
        if (usual > 0 && median > usual * Jump && median - usual > Noticeable)
            size = Math.Max(least, Math.Min(size, together) * Shrink);
        else if (wasFull)
            size = Math.Min(most, size * Growth);
        // A change that stays becomes what is usual.
        usual = usual == 0 ? median : usual * Memory + median * (1 - Memory);
        recent.Clear();
        (together, wasFull) = (0, false);
    }
}
