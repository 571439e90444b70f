using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Limits;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream.Headers;

namespace OpenAIWorker.Tests.Limits;

/// <summary>A limit group on a clock that the test moves.</summary>
sealed class GroupScene : IDisposable
{
    /// <summary>What a provider says that has no such limit.</summary>
    public static readonly RateQuota Endless = new(1_000_000_000, 1_000_000_000, null);

    static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>A group whose first burst may be spent at once.</summary>
    public GroupScene(long? requests = null, long? tokens = null, int replicas = 1, int mostAtOnce = 2_000)
    {
        Wall = new(Clock);
        Group = new(new() { MaxConcurrency = mostAtOnce }, requests is null && tokens is null
            ? null
            : new() { RequestsPerMinute = requests, TokensPerMinute = tokens }, () => { }, Wall, () => 0.5);
        Group.Divide(replicas);
        Pass(TimeSpan.FromSeconds(10));
    }

    public FakeTimeProvider Clock { get; } = new();

    /// <summary>The clock as the group sees it, with a wall time that can be set.</summary>
    public WarpedClock Wall { get; }

    public LimitGroup Group { get; }

    /// <summary>Turns that no call has ended yet.</summary>
    public int Open => Group.Load.Running;

    public Task<RateLimitLease?> Ask(double tokens = 0, string tenant = "", TimeSpan? patience = null,
        int company = int.MaxValue, Func<CancellationToken>? end = null, CancellationToken cancellation = default) =>
        Group.Wait(new(tenant, default, new(1, tokens), patience ?? Patience, company, Steady.Now(Wall)) { End = end },
            cancellation);

    /// <summary>As many turns as are available at once.</summary>
    public async Task<IReadOnlyList<RateLimitLease>> TakeAll(int most = 1_000)
    {
        using var leave = new CancellationTokenSource();
        var taken = new List<RateLimitLease>();
        while (taken.Count < most
            && Ask(patience: TimeSpan.Zero, cancellation: leave.Token) is { IsCompleted: true } ask
            && await ask is { } turn)
            taken.Add(turn);
        await leave.CancelAsync();
        return taken;
    }

    /// <summary>As many calls as are available at once, each answered.</summary>
    public async Task<int> TakeAndAnswer(TimeSpan? took = null)
    {
        var turns = await TakeAll();
        foreach (var turn in turns)
            turn.End(new(false, false, null, took ?? TimeSpan.FromMilliseconds(100), null, null));
        return turns.Count;
    }

    /// <summary>The answer of a successful call.</summary>
    public static void Answer(RateLimitLease turn, RateQuota? requests = null, RateQuota? tokens = null)
    {
        turn.Observe(new(requests, tokens));
        turn.End(new(false, false, null, TimeSpan.FromMilliseconds(100), null, null));
    }

    /// <summary>The same, of a provider that says it has no limits.</summary>
    public static void AnswerWithoutLimit(RateLimitLease turn) => Answer(turn, Endless, Endless);

    /// <summary>Lets time pass in steps small enough for every timer.</summary>
    public void Pass(TimeSpan time)
    {
        for (var step = TimeSpan.FromMilliseconds(10); time > TimeSpan.Zero; time -= step)
            Clock.Advance(step);
    }

    public void Dispose() => Group.Dispose();
}
