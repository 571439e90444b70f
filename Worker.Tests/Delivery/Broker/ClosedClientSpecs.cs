using System.Threading.Channels;
using OpenAIWorker.Cli;
using OpenAIWorker.Delivery.Broker;

namespace OpenAIWorker.Tests.Delivery.Broker;

/// <summary>
/// A client that writes while the broker closes its connection finds its own buffer closed, and says so in .NET's
/// words instead of the broker's.
/// </summary>
public sealed class ClosedClientSpecs
{
    static readonly Exception Closed = new ChannelClosedException();

    [Fact]
    public void It_counts_as_a_broker_that_is_away()
    {
        Assert.True(BrokerConnection.IsAway(Closed, CancellationToken.None));
        Assert.True(BrokerConnection.MayReturn(Closed, CancellationToken.None));
        Assert.True(BrokerFaults.IsOfTheBroker(Closed));
    }

    [Fact]
    public void A_verb_says_that_the_connection_broke() =>
        Assert.StartsWith("The connection to the broker broke", Assert.Single(Faults.Of(Closed).Says),
            StringComparison.Ordinal);
}
