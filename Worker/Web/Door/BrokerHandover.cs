using Microsoft.AspNetCore.Http;
using OpenAIWorker.Delivery.Broker;

namespace OpenAIWorker.Web.Door;

/// <summary>Sends something to the broker, and waits for it only as long as a caller would.</summary>
static class BrokerHandover
{
    // A healthy broker confirms within milliseconds.
    static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    /// <summary>Whether the broker has confirmed it.</summary>
    public static async Task<bool> Takes(Func<CancellationToken, Task> give, TimeProvider clock)
    {
        using var timer = new CancellationTokenSource(Most, clock);
        try
        {
            await give(timer.Token);
            return true;
        }
        catch (Exception broken) when (timer.IsCancellationRequested
            || BrokerFaults.Causes(broken).Any(BrokerFaults.IsOfTheBroker))
        {
            return false;
        }
    }

    /// <summary>The broker has not confirmed it.</summary>
    public static WebProblem Away(string cure) =>
        new(StatusCodes.Status503ServiceUnavailable, "broker_unavailable", $"The broker did not accept it. {cure}");
}
