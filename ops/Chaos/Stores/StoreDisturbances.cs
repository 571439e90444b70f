using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos.Stores;

/// <summary>One disturbance of a store after another, in a fixed order, so that runs can be compared.</summary>
sealed class StoreDisturbances(ChaosOptions options, PostgresProcess postgres, BucketProcess bucket,
    CuttingProxy database, CuttingProxy payloads, TimeProvider clock)
{
    static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(700);

    readonly List<Disturbance> done = [];
    DateTimeOffset next = clock.GetUtcNow() + options.Every;
    int turn;

    public IReadOnlyList<Disturbance> Done => done;

    /// <summary>When a disturbance is due, disturbs for half of the time between two.</summary>
    public async Task Advance()
    {
        if (clock.GetUtcNow() < next)
            return;
        var at = clock.GetUtcNow();
        var what = await Disturb(turn++ % 6, options.Every / 2);
        done.Add(new(at, clock.GetUtcNow(), what, null));
        next = clock.GetUtcNow() + options.Every / 2;
    }

    /// <summary>Restores the normal state.</summary>
    public void End() => database.Delay = payloads.Delay = TimeSpan.Zero;

    async Task<string> Disturb(int kind, TimeSpan time)
    {
        switch (kind)
        {
            case 0:
                postgres.Kill();
                await Task.Delay(time, clock);
                await postgres.Run();
                return "killed PostgreSQL";
            case 1:
                bucket.Kill();
                await Task.Delay(time, clock);
                await bucket.Run();
                return "killed S3";
            case 2: return await Slow(database, "slowed PostgreSQL", time);
            case 3: return await Slow(payloads, "slowed S3", time);
            case 4: return $"cut {database.Cut()} connections to PostgreSQL";
            default: return $"cut {payloads.Cut()} connections to S3";
        }
    }

    async Task<string> Slow(CuttingProxy proxy, string what, TimeSpan time)
    {
        proxy.Delay = Slowness;
        await Task.Delay(time, clock);
        proxy.Delay = TimeSpan.Zero;
        return what;
    }
}
