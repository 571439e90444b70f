namespace OpenAIWorker.Limits;

/// <summary>
/// How many calls of a group may run at once. It shrinks by a fifth when answers suddenly take twice as long, because
/// more calls would only queue at the provider, and grows by a tenth when they take as long as before. It adapts once
/// per window of answers, because concurrent calls are one observation, not many.
/// </summary>
sealed class ConcurrencyWindow
{
    const int SmallestSample = 16;
    const double Jump = 2;
    const double Shrink = 0.8;
    const double Growth = 1.1;
    const double Memory = 0.9;

    // A smaller difference comes from this machine, not from the provider.
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

    /// <summary>
    /// Sets other bounds. The size stays within them; a size at the old maximum becomes the new maximum.
    /// </summary>
    public void Change(int least, int most)
    {
        size = size >= this.most ? most : Math.Clamp(size, least, most);
        (this.least, this.most) = (least, most);
    }

    /// <summary>How long it takes until this many calls have a slot.</summary>
    public TimeSpan WaitBehind(int calls) => TimeSpan.FromMilliseconds(usual * calls / size);

    /// <param name="took">The call's duration.</param>
    /// <param name="running">How many calls ran at once, including this one.</param>
    /// <param name="isFull">Whether calls waited for a slot.</param>
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
        // A lasting change becomes the normal duration.
        usual = usual == 0 ? median : usual * Memory + median * (1 - Memory);
        recent.Clear();
        (together, wasFull) = (0, false);
    }
}
