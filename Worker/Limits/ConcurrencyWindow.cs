namespace OpenAIWorker.Limits;

/// <summary>
/// How many calls of a group may run at once. It shrinks by a fifth when answers suddenly take twice as long, as more calls would only queue
/// at the provider then, and grows by one for each full window of answers while they take as long as they used to.
/// </summary>
sealed class ConcurrencyWindow(int least, int most)
{
    const int Sample = 16;
    const double Jump = 2;
    const double Shrink = 0.8;
    const double Memory = 0.9;

    // Less is this machine's own doing, not the provider's.
    const double Noticeable = 250;

    readonly List<double> recent = new(Sample);
    double usual;
    double size = most;

    public int Size => (int)size;

    /// <param name="took">The call's duration.</param>
    /// <param name="wasFull">Whether calls waited for room.</param>
    public void Answered(TimeSpan took, bool wasFull)
    {
        recent.Add(took.TotalMilliseconds);
        if (wasFull)
            size = Math.Min(most, size + 1 / size);
        if (recent.Count < Sample)
            return;
        recent.Sort();
        var median = recent[Sample / 2];
        recent.Clear();
        if (usual > 0 && median > usual * Jump && median - usual > Noticeable)
            size = Math.Max(least, size * Shrink);
        // A change that stays becomes what is usual.
        usual = usual == 0 ? median : usual * Memory + median * (1 - Memory);
    }
}
