using Microsoft.Extensions.Time.Testing;

namespace OpenAIWorker.Tests.Running;

/// <summary>A machine whose wall clock is changed while time passes normally.</summary>
sealed class WarpedClock(FakeTimeProvider time) : TimeProvider
{
    public TimeSpan Set { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Set;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
