using OpenAIWorker.Limits;
using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream.Headers;

namespace OpenAIWorker.Tests.Limits;

/// <summary>
/// A provider with a limit and a count of tokens of its own, and a group with more calls than the limit lets through,
/// on a clock that the test moves. A call takes 100 ms; a refusal comes at once.
/// </summary>
sealed class ProviderScene(GroupScene scene, double perMinute) : IDisposable
{
    const int Step = 5;
    const int Slots = 32;
    const double Output = 16;
    const double GoldenRatio = 0.6180339887498949;
    static readonly TimeSpan Took = TimeSpan.FromMilliseconds(100);

    readonly List<(Task<RateLimitLease?> Ask, double Input)> asked = [];
    readonly List<(RateLimitLease Turn, DateTimeOffset Ends, long Input)> running = [];
    double left = perMinute / 60;
    double used;
    int accepted;
    int refused;
    int calls;

    /// <summary>The provider's count of an input is so many times ours.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>And so much more.</summary>
    public double Overhead { get; init; }

    /// <summary>Whether headers tell how the limit of tokens stands.</summary>
    public bool TellsTokens { get; init; }

    /// <summary>Whether a refusal says which limit it was, and what it is.</summary>
    public bool TellsInWords { get; init; }

    public LimitGroup Group => scene.Group;

    /// <summary>A minute; may be changed.</summary>
    public double PerMinute { get; set; } = perMinute;

    public int Refused => refused;

    /// <summary>Refusals per 1,000 calls.</summary>
    public double RefusedPerThousand => 1_000.0 * refused / Math.Max(1, accepted);

    /// <summary>Runs for a time.</summary>
    /// <returns>Which part of the limit was used in it.</returns>
    public async Task<double> Run(TimeSpan time)
    {
        var before = used;
        for (var passed = 0; passed < time.TotalMilliseconds; passed += Step)
        {
            End();
            while (asked.Count + running.Count < Slots)
                Ask();
            await Send();
            scene.Clock.Advance(TimeSpan.FromMilliseconds(Step));
            left = Math.Min(PerMinute / 60, left + PerMinute / 60_000 * Step);
        }
        return (used - before) / (PerMinute * time.TotalMinutes);
    }

    public void Dispose() => scene.Dispose();

    // Jobs of 40 to 220 tokens.
    void Ask()
    {
        var input = Math.Round(40 * Math.Pow(5.5, ++calls * GoldenRatio % 1));
        var rough = new TokenEstimate(input, Output) { IsRough = true };
        var estimate = Group.IsFarFor(rough) ? rough : rough with { IsRough = false };
        asked.Add((Group.Wait(new("", estimate, Group.SpendingOf(estimate), TimeSpan.FromDays(1), int.MaxValue,
            Steady.Now(scene.Wall)), CancellationToken.None), input));
    }

    // A grant is told on another thread; the group's own count says how many there are.
    async Task Send()
    {
        while (Group.Load.Waiting < asked.Count)
        {
            var first = await Task.WhenAny(asked.Select(one => one.Ask));
            var (ask, input) = asked.Find(one => one.Ask == first);
            asked.Remove((ask, input));
            Take((await ask)!, (long)Math.Ceiling(input * Factor + Overhead));
        }
    }

    void Take(RateLimitLease turn, long input)
    {
        var charge = input + Output;
        if (charge > left)
        {
            refused++;
            var wait = TimeSpan.FromMinutes((charge - left) / PerMinute);
            Told(turn);
            turn.End(new(true, false, wait, null, null, null, false,
                TellsInWords ? new(true, PerMinute) : default));
            return;
        }
        (left, used, accepted) = (left - charge, used + charge, accepted + 1);
        running.Add((turn, scene.Clock.GetUtcNow() + Took, input));
    }

    void End()
    {
        foreach (var call in running.Where(call => call.Ends <= scene.Clock.GetUtcNow()).ToList())
        {
            Told(call.Turn);
            call.Turn.End(new(false, false, null, Took, call.Input, null));
            running.Remove(call);
        }
    }

    void Told(RateLimitLease turn) => turn.Observe(new(null, TellsTokens
        ? new((long)PerMinute, (long)Math.Max(0, left), TimeSpan.FromSeconds(1 - left / PerMinute * 60))
        : null));
}
