using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;

namespace OpenAIWorker.Web.Door;

/// <summary>Tells the workers to cancel jobs, within a caller's patience.</summary>
sealed class JobGivingUp(JobCancels cancels, TimeProvider clock)
{
    /// <exception cref="WebProblemException">The broker does not accept it.</exception>
    public async Task Send(CancelJob cancel)
    {
        if (!await BrokerHandover.Takes(time => cancels.Send(cancel, time), clock))
            throw BrokerHandover.Away("Nothing was cancelled. Try again in a moment.").Thrown();
    }
}
