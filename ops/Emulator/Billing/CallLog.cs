namespace OpenAIWorker.Emulator.Billing;

/// <summary>The newest calls, in a ring. With 0 places it keeps nothing and costs nothing.</summary>
sealed class CallLog(int places)
{
    readonly Lock gate = new();
    readonly ReceivedCall[] ring = new ReceivedCall[places];
    long written;

    public ReceivedCall? Add(ApiCall call)
    {
        if (places == 0)
        {
            return null;
        }

        var received = new ReceivedCall(call);
        lock (gate)
        {
            ring[written++ % places] = received;
        }

        return received;
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ReceivedCall> Read()
    {
        lock (gate)
        {
            var kept = (int)Math.Min(written, places);
            return [.. Enumerable.Range(0, kept).Select(index => ring[(written - kept + index) % places])];
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            written = 0;
            Array.Clear(ring);
        }
    }
}
