using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos;

/// <summary>How many jobs, for how long, and on which broker.</summary>
sealed record ChaosOptions
{
    public int Jobs { get; init; } = 2_000;

    public int Workers { get; init; } = 2;

    /// <summary>The time between two disturbances.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>No more disturbances after this time.</summary>
    public TimeSpan Disturbed { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The run ends after this time, even if endings are missing.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(12);

    /// <summary>The image; it needs a Docker engine on this machine.</summary>
    public string Image { get; init; } = Broker.DefaultImage;

    /// <summary>More than 1 makes a cluster.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>The time that every call takes at the emulator, without faults.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Where the workers keep records: <c>sqlite</c>, <c>postgres</c> or <c>off</c>.</summary>
    public string Records { get; init; } = "off";

    /// <summary>How long a worker waits for one call.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
