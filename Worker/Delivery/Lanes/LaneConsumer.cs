using MassTransit;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>Joins lanes that another worker has opened, or that existed before this one started.</summary>
sealed class LaneConsumer(WorkerLanes lanes) : IConsumer<LaneOpened>
{
    public Task Consume(ConsumeContext<LaneOpened> context) => lanes.Join(context.Message);
}
