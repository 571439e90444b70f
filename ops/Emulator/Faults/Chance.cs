namespace OpenAIWorker.Emulator.Faults;

/// <summary>Chance that can be repeated: with a seed it comes out the same again, call for call.</summary>
sealed class Chance(EmulatorOptions options)
{
    readonly Lock guard = new();
    readonly Random random = options.Seed is { } seed ? new(seed) : new();

    public double Next()
    {
        lock (guard)
            return random.NextDouble();
    }
}
