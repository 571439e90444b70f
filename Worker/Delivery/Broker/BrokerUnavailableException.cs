namespace OpenAIWorker.Delivery.Broker;

/// <summary>The broker in the settings does not answer, or refuses all connections.</summary>
sealed class BrokerUnavailableException(BrokerConnectionFailure refusal, Exception inner)
    : Exception($"The broker cannot be reached: {refusal.Says}", inner)
{
    public BrokerConnectionFailure Refusal => refusal;
}
