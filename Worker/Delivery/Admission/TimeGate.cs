using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>Stops jobs whose time is over, and lets the following gates watch the time of the others.</summary>
sealed class TimeGate(JobLives lives) : IJobGate
{
    public ValueTask<Verdict?> Ask(Arrival arrival)
    {
        arrival.Life = lives.Of(arrival.Job);
        return new(arrival.Life.Over is { } over ? new Verdict.GiveUp(over) : null);
    }
}
