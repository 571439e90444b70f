using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery;

public sealed class CredentialSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    readonly string prefix = BrokerFixture.NewPrefix();

    [Theory]
    [InlineData("status:401", FailureCodes.Unauthorized)]
    [InlineData("status:429:insufficient_quota", FailureCodes.QuotaExhausted)]
    public async Task A_refused_credential_pauses_its_jobs_until_it_works_again(string fault, string code)
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:ProbeInterval=00:00:01"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        emulator.Faults.Add(fault);

        for (var i = 0; i < 20; i++)
            await client.Publish("message-model", $$"""{"jobId":"j{{i}}","model":"m","messages":[{"text":"x"}]}""");
        var paused = await client.Event(arrived => arrived.RoutingKey == "credential.paused");
        emulator.Faults.Clear();
        var resumed = await client.Event(arrived => arrived.RoutingKey == "credential.resumed");
        for (var i = 0; i < 20; i++)
            Assert.Equal("message-model.completed", (await client.Ending($"j{i}")).RoutingKey);

        Assert.Equal(("default", code), (paused.Body.GetProperty("credential").GetString(), paused.Code));
        Assert.Equal("default", resumed.Body.GetProperty("credential").GetString());
        Assert.Single(client.Events, arrived => arrived.RoutingKey == "credential.paused");
        Assert.DoesNotContain(client.Events, arrived => arrived.RoutingKey.EndsWith(".failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Or_its_jobs_fail_one_by_one_where_the_settings_say_so()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:OnCredentialFailure=Fail"]);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", """{"jobId":"f","model":"m+status:401","messages":[{"text":"x"}]}""");

        var ending = await client.Ending("f");
        Assert.Equal((FailureCodes.Unauthorized, "operator"), (ending.Code, ending.Body.GetProperty("remedy").GetString()));
    }

    [Fact]
    public async Task Jobs_of_another_credential_go_on()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Delivery:ProbeInterval=00:00:05", $"--OpenAI:Credentials:other:BaseUrl={emulator.BaseUrl}", "--OpenAI:Credentials:other:ApiKey=sk-invalid"]);
        await using var client = await AmqpClient.Open(broker, prefix);

        for (var i = 0; i < 20; i++)
            await client.Publish("message-model", """{"model":"m","messages":[{"text":"x"}],"credential":"other"}""");
        await client.Event(arrived => arrived.RoutingKey == "credential.paused");
        await client.Publish("message-model", """{"jobId":"mine","model":"m","messages":[{"text":"x"}]}""");

        Assert.Equal("message-model.completed", (await client.Ending("mine")).RoutingKey);
    }
}
