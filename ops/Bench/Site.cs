using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench;

/// <summary>What all measurements of a run share.</summary>
/// <param name="Broker">Emptied before each measurement.</param>
/// <param name="Logs">The folder of the workers' logs.</param>
/// <param name="TellsLimits">Whether the workers get the settings of <c>Limits</c>. A worker from before these settings
/// would not start.</param>
sealed record Site(Broker Broker, string Logs, bool TellsLimits)
{
    /// <summary>Starts the broker, and removes it after the work.</summary>
    public static async Task<int> Use(string image, bool tellsLimits, Func<Site, Task> work,
        CancellationToken cancellation, BrokerNetwork network = BrokerNetwork.Own)
    {
        var logs = Directory.CreateTempSubdirectory("bench-").FullName;
        await Console.Error.WriteLineAsync($"{image}; the workers' logs: {logs}");
        await using var broker = await Broker.Start(image, count: 1, cancellation, network);
        await work(new(broker, logs, tellsLimits));
        return 0;
    }

    /// <summary>The log file of the next worker. The files are numbered in the order of the starts.</summary>
    public string NextLog() => Path.Combine(Logs, $"worker-{Directory.GetFiles(Logs).Length + 1:000}.log");
}
