using MassTransit;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// Takes part in the lanes that another worker has opened, or that were there before this one started.
/// </summary>
sealed class LaneConsumer(WorkerLanes lanes) : IConsumer<LaneOpened>
{
    public Task Consume(ConsumeContext<LaneOpened> context) => lanes.Join(context.Message);
}
