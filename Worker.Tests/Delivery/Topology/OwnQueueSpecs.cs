using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Delivery.Topology;

public sealed class OwnQueueSpecs
{
    readonly QueueNames topology = new(Options.Create(new BrokerOptions()));

    [Fact]
    public void A_lane_that_was_made_here_is_one() =>
        Assert.All(OperationCatalog.All, operation => Assert.All(
            new[] { topology.Lane(operation.Name, "default", "gpt-6.lane.x", "t"),
                topology.Lane(operation.Name, "", "", ""), topology.SharedLane(operation.Name) },
            lane => Assert.True(topology.IsOwnLane(lane), lane)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("payroll")]
    [InlineData("openai.message-model")]
    [InlineData("openai.message-model.dead")]
    [InlineData("openai.message-model.lane.")]
    [InlineData("openai.message-model.lane.x-1234567g")]
    [InlineData("openai.nothing.lane.x-12345678")]
    [InlineData("orders.message-model.lane.x-12345678")]
    [InlineData("openai.message-model.lane.a b-12345678")]
    [InlineData("x.openai.message-model.lane.x-12345678")]
    [InlineData("openai.message-model.lane.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-12345678")]
    public void Another_queue_is_no_lane(string? queue) => Assert.False(topology.IsOwnLane(queue));

    [Theory]
    [InlineData("openai.message-model")]
    [InlineData("openai.message-model.dead")]
    [InlineData("openai.message-model.lane.default.gpt-6-12345678")]
    [InlineData("openai.cancellations")]
    [InlineData("openai.tool-answers")]
    [InlineData("openai.lanes")]
    [InlineData("openai.waits")]
    [InlineData("openai.orders")]
    [InlineData("openai.workers")]
    [InlineData("openai.unknown")]
    [InlineData("openai.expired")]
    [InlineData("openai.delay.l03")]
    public void What_the_worker_reads_or_keeps_is_its_own(string queue) => Assert.True(topology.IsOwn(queue));

    [Theory]
    [InlineData("openai.replies.1")]
    [InlineData("openai.mine")]
    [InlineData("openaimessage-model")]
    [InlineData("mine")]
    [InlineData("")]
    public void What_senders_read_is_theirs(string queue) => Assert.False(topology.IsOwn(queue));
}
