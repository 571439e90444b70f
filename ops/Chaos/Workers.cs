using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos;

/// <summary>The worker processes. Their number stays constant: a killed one is replaced under a new name.</summary>
sealed class Workers(ChaosOptions options, string prefix, int port, Uri upstream, string logs) : IDisposable
{
    readonly WorkerProcess[] running = new WorkerProcess[options.Workers];
    int started;

    /// <summary>Further settings.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    public void Start()
    {
        for (var place = 0; place < running.Length; place++)
            running[place] = Next();
    }

    /// <returns>The name of the killed one, and when it had ended. A new worker replaces it at once.</returns>
    public (string Name, DateTimeOffset DeadAt) KillOne(int turn)
    {
        var place = turn % running.Length;
        var victim = running[place];
        victim.Dispose();
        var dead = TimeProvider.System.GetUtcNow();
        running[place] = Next();
        return (victim.Name, dead);
    }

    public void Dispose()
    {
        foreach (var worker in running)
            worker?.Dispose();
    }

    WorkerProcess Next()
    {
        var name = $"worker-{++started}";
        return WorkerProcess.Start(name,
        [
            $"--Broker:Uri={Broker.UriAt(port)}",
            $"--Broker:Prefix={prefix}",
            $"--OpenAI:Credentials:default:BaseUrl={upstream}",
            "--OpenAI:Credentials:default:ApiKey=any",
            $"--OpenAI:Timeout={options.CallTimeout}",
            "--Delivery:Concurrency=8",
            "--Delivery:FirstDelay=00:00:01",
            "--Delivery:MaxDelay=00:00:05",
            .. More,
        ], Path.Combine(logs, $"{name}.log"));
    }
}
