using OpenAIWorker.Chaos.Stores;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos;

/// <summary>One disturbance after another, in a fixed order, so that runs can be compared.</summary>
sealed class Disturbances(ChaosOptions options, Broker broker, CuttingProxy proxy, Workers workers,
    RecordStore records, TimeProvider clock)
{
    readonly List<Disturbance> done = [];
    DateTimeOffset next = clock.GetUtcNow() + options.Every;
    int turn;
    int kills;
    int restarts;

    public IReadOnlyList<Disturbance> Done => done;

    /// <summary>Disturbs, if it is time.</summary>
    public async Task Advance()
    {
        if (clock.GetUtcNow() < next)
            return;
        await Disturb(turn++ % (records.CanRestart ? 5 : 4));
        next = clock.GetUtcNow() + options.Every;
    }

    async Task Disturb(int kind)
    {
        var at = clock.GetUtcNow();
        var (what, victim) = kind switch
        {
            1 => ($"cut {proxy.Cut()} connections", null),
            3 => ($"restarted {await broker.Restart(restarts++)}", null),
            4 => (await records.Restart(), null),
            _ => Killed(workers.KillOne(kills++)),
        };
        done.Add(new(at, clock.GetUtcNow(), what, victim) { IsOfDatabase = kind == 4 });
    }

    static (string What, string? Victim) Killed(string worker) => ($"killed {worker}", worker);
}
