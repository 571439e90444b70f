namespace OpenAIWorker.Tests.Broker;

/// <summary>The first source that starts is used. The reasons of the others are shown with skipped tests.</summary>
sealed record BrokerSearch(IBroker? Found, string Reason)
{
    const string Cure = "Start Docker, install rabbitmq-server (ops/test does so on Debian and Ubuntu), "
        + "or set RABBITMQ_URI=amqp://guest:guest@localhost:5672.";

    public static async Task<BrokerSearch> Run(IEnumerable<IBroker> sources, CancellationToken cancellation)
    {
        List<string> reasons = ["No broker."];
        foreach (var source in sources)
        {
            try
            {
                await source.Start(cancellation);
                return new(source, "");
            }
            catch (NoBrokerException absence)
            {
                reasons.Add(absence.Message);
                await source.DisposeAsync();
            }
        }
        return new(null, string.Join(" ", [.. reasons, Cure]));
    }
}
