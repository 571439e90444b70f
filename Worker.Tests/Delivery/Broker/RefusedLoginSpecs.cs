using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Broker;

/// <summary>A broker that refuses the worker's login for a while when it reconnects.</summary>
public sealed class RefusedLoginSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    readonly string prefix = BrokerFixture.NewPrefix();

    [Fact]
    public async Task The_worker_comes_back_by_itself()
    {
        using var management = new ManagementApi(broker.Management);
        await management.NewUser(prefix, "right");
        await management.Permit("/", prefix, ".*", ".*", ".*");
        // MassTransit logs the reason of each failed attempt.
        using var away = new LogWatch("refuses the user");
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(
            new UriBuilder(broker.Uri) { UserName = prefix, Password = "right" }.Uri, prefix, emulator,
            ["--Logging:LogLevel:Default=Information"],
            services => services.AddSingleton<ILoggerProvider>(away));
        await using var client = await AmqpClient.Open(broker, prefix);

        await management.NewUser(prefix, "wrong");
        // The management plugin learns of connections one after the other.
        await Eventually.Is(async () =>
        {
            await management.CloseConnections(prefix);
            return away.Seen.IsCompletedSuccessfully;
        });
        await management.NewUser(prefix, "right");

        await client.Publish("message-model", """{"jobId":"after","model":"m","messages":[{"text":"x"}]}""");
        await client.Ending("after");
    }
}
