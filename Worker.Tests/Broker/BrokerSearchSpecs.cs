namespace OpenAIWorker.Tests.Broker;

public sealed class BrokerSearchSpecs
{
    [Fact]
    public async Task Absent_brokers_are_passed_over()
    {
        var present = new Stub();

        var search = await BrokerSearch.Run([new Stub("A: gone."), present], TestContext.Current.CancellationToken);

        Assert.Same(present, search.Found);
    }

    [Fact]
    public async Task Reason_names_every_absence_and_the_cure()
    {
        var search = await BrokerSearch.Run([new Stub("A: gone."), new Stub("B: never came.")],
            TestContext.Current.CancellationToken);

        Assert.Null(search.Found);
        Assert.StartsWith("No broker. A: gone. B: never came. Start Docker,", search.Reason, StringComparison.Ordinal);
    }

    sealed class Stub(string? absence = null) : IBroker
    {
        public Uri Uri { get; } = new("amqp://nowhere.invalid");

        public Uri? Management => null;

        public Uri? Metrics => null;

        public Uri? Secure => null;

        public bool CanRestart => false;

        public Task Start(CancellationToken cancellation) =>
            absence is null ? Task.CompletedTask : throw new NoBrokerException(absence);

        public Task Stop(CancellationToken cancellation) => Task.CompletedTask;

        public Task Control(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
