using CsCheck;
using OpenAIWorker.Limits;
using OpenAIWorker.Limits.Estimates;

namespace OpenAIWorker.Tests.Limits;

/// <summary>Properties that hold for all jobs: of any size, with calls that take any time and end in any way.</summary>
public sealed class LimitProperties
{
    static readonly Gen<(double Tokens, int Arrival, int Took, int Fate)[]> Jobs =
        Gen.Select(Gen.Double[0, 400], Gen.Int[0, 3_000], Gen.Int[0, 500], Gen.Int[0, 9]).Array[1, 60];

    [Fact]
    public Task Never_more_is_admitted_than_the_limit_of_the_time_and_one_burst() => Jobs.SampleAsync(async jobs =>
    {
        using var scene = new GroupScene(requests: 600, tokens: 60_000);

        // A refused call was never admitted, and its tokens are free for another.
        var granted = await Run(scene, [.. jobs.Select(job => job with { Fate = Math.Max(2, job.Fate) })]);

        foreach (var (from, first) in granted.Index())
        {
            var (requests, tokens) = (0, 0.0);
            foreach (var (at, spent) in granted.Skip(from))
            {
                requests++;
                tokens += spent;
                var time = (at - first.At).TotalSeconds;
                Assert.True(requests <= 10 + time * 10 + 1e-6, $"{requests} requests in {time} s");
                Assert.True(tokens <= 1_000 + time * 1_000 + 400 + 1e-6, $"{tokens} tokens in {time} s");
            }
        }
    }, iter: 200);

    [Fact]
    public Task Every_job_gets_its_turn_and_nothing_is_left_behind() => Jobs.SampleAsync(async jobs =>
    {
        using var scene = new GroupScene(requests: 600, tokens: 60_000);

        var granted = await Run(scene, jobs);

        Assert.Equal(jobs.Length, granted.Count);
        Assert.Equal((0, 0), scene.Group.Load);
        Assert.Equal(0, scene.Open);
    }, iter: 200);

    // In steps of 10 ms, until all had their turn or an hour has passed.
    static async Task<List<(DateTimeOffset At, double Tokens)>> Run(GroupScene scene,
        (double Tokens, int Arrival, int Took, int Fate)[] jobs)
    {
        const int step = 10;
        var granted = new List<(DateTimeOffset, double)>();
        var running = new List<(RateLimitLease Turn, int Ends, int Fate)>();
        var (coming, asked) = (jobs.OrderBy(job => job.Arrival).ToList(),
            new List<(Task<RateLimitLease?> Ask, int Took, int Fate)>());
        for (var now = 0; (coming.Count > 0 || asked.Count > 0 || running.Count > 0) && now < 3_600_000; now += step)
        {
            foreach (var job in coming.TakeWhile(job => job.Arrival <= now))
                asked.Add((scene.Ask(job.Tokens), job.Took, job.Fate));
            coming.RemoveAll(job => job.Arrival <= now);
            // A grant is reported on another thread; the group's own count is exact.
            while (scene.Group.Load.Waiting < asked.Count)
            {
                var first = await Task.WhenAny(asked.Select(one => one.Ask));
                var ready = asked.Find(one => one.Ask == first);
                var turn = (await first)!;
                asked.Remove(ready);
                granted.Add((turn.Granted, turn.Spending.Tokens));
                running.Add((turn, now + ready.Took, ready.Fate));
            }
            foreach (var call in running.Where(call => call.Ends <= now).ToList())
            {
                call.Turn.End(EndOf(call.Fate, call.Ends));
                running.Remove(call);
            }
            scene.Clock.Advance(TimeSpan.FromMilliseconds(step));
        }
        return granted;
    }

    static CallEnd EndOf(int fate, int took) => fate switch
    {
        0 => new(true, false, TimeSpan.FromMilliseconds(took % 700), null, null, null),
        1 => new(true, true, null, null, null, null),
        2 => default,
        _ => new(false, false, null, TimeSpan.FromMilliseconds(100), null, null),
    };
}
