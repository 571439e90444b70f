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

    /// <summary>Starts the next disturbance when it is due.</summary>
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
        if (kind is 1 or 3 or 4)
        {
            var what = kind switch
            {
                1 => $"cut {proxy.Cut()} connections",
                3 => $"restarted {await broker.Restart(restarts++)}",
                _ => await records.Restart(),
            };
            done.Add(new(at, clock.GetUtcNow(), what, null) { IsOfDatabase = kind == 4 });
            return;
        }
        var (victim, dead) = workers.KillOne(kills++);
        done.Add(new(at, dead, $"killed {victim}", victim));
    }
}
