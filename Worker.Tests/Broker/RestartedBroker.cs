namespace OpenAIWorker.Tests.Broker;

/// <summary>A separate broker for tests that stop it or overload it.</summary>
public sealed class RestartedBroker : BrokerFixture
{
    readonly SharedBroker own;

    public RestartedBroker() : this(new SharedBroker())
    {
    }

    RestartedBroker(SharedBroker own) : base(own) => this.own = own;

    public Task Stop() => Restartable().Stop(TestContext.Current.CancellationToken);

    public Task Start() => Restartable().Start(TestContext.Current.CancellationToken);

    public async Task Restart()
    {
        await Stop();
        await Start();
    }

    /// <summary>Runs <c>rabbitmqctl</c>.</summary>
    public Task Control(params string[] arguments) => Restartable().Control(arguments, CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await own.DisposeAsync();
    }
}
