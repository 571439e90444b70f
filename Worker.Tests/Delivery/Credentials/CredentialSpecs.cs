using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Credentials;

public sealed class CredentialSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    readonly string prefix = broker.CommonPrefix();

    [Theory]
    [InlineData("status:401", FailureCodes.Unauthorized)]
    [InlineData("status:429:insufficient_quota", FailureCodes.QuotaExhausted)]
    public async Task A_refused_credential_pauses_its_jobs_until_it_works_again(string fault, string code)
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Delivery:ProbeInterval=00:00:01"]);
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
        Assert.DoesNotContain(client.Events,
            arrived => arrived.RoutingKey.EndsWith(".failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_comes_to_a_paused_credential_hears_so_at_once()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Delivery:ProbeInterval=00:10:00"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        emulator.Faults.Add("status:401");
        await client.Publish("message-model", """{"jobId":"first","model":"m","messages":[{"text":"x"}]}""");
        await client.Event(arrived => arrived.RoutingKey == "credential.paused");

        await client.Publish("message-model", """{"jobId":"later","model":"m","messages":[{"text":"x"}]}""");
        var delayed = await client.Event(arrived => arrived.RoutingKey == "message-model.delayed"
            && arrived.Body.GetProperty("jobId").GetString() == "later");

        Assert.Equal(WaitCodes.CredentialPaused, delayed.Code);
        Assert.True(delayed.Body.GetProperty("until").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Or_its_jobs_fail_one_by_one_where_the_settings_say_so()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Delivery:OnCredentialFailure=Fail"]);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", """{"jobId":"f","model":"m+status:401","messages":[{"text":"x"}]}""");

        var ending = await client.Ending("f");
        Assert.Equal((FailureCodes.Unauthorized, "operator"),
            (ending.Code, ending.Body.GetProperty("remedy").GetString()));
    }

    [Fact]
    public async Task Jobs_of_another_credential_go_on()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Delivery:ProbeInterval=00:00:05", $"--OpenAI:Credentials:other:BaseUrl={emulator.BaseUrl}",
                "--OpenAI:Credentials:other:ApiKey=sk-invalid"]);
        await using var client = await AmqpClient.Open(broker, prefix);

        for (var i = 0; i < 20; i++)
            await client.Publish("message-model", """{"model":"m","messages":[{"text":"x"}],"credential":"other"}""");
        await client.Event(arrived => arrived.RoutingKey == "credential.paused");
        await client.Publish("message-model", """{"jobId":"mine","model":"m","messages":[{"text":"x"}]}""");

        Assert.Equal("message-model.completed", (await client.Ending("mine")).RoutingKey);
    }

    [Fact]
    public async Task Jobs_of_a_dead_credential_hold_no_places_and_go_on_in_their_order()
    {
        const string bad = """{"error":{"message":"Incorrect API key.","code":"invalid_api_key"}}""";
        await using var provider = await KeyedProvider.Start();
        var works = "";
        provider.Refusal = (_, key, _) => works.Contains(key, StringComparison.Ordinal) ? null : (401, bad);
        await using var worker = await BrokerWorker.Start(broker, prefix, null,
        [
            "--Delivery:Concurrency=1", "--Delivery:ProbeInterval=00:00:01",
            $"--OpenAI:Credentials:default:BaseUrl={provider.Url}", "--OpenAI:Credentials:default:ApiKey=a",
            $"--OpenAI:Credentials:other:BaseUrl={provider.Url}", "--OpenAI:Credentials:other:ApiKey=b",
        ]);
        await using var client = await AmqpClient.Open(broker, prefix);
        for (var i = 0; i < 12; i++)
            await client.Publish("message-model",
                $$"""{"jobId":"b{{i}}","model":"m","messages":[{"text":"b{{i:00}}"}],"credential":"other"}""");
        for (var i = 0; i < 5; i++)
            await client.Publish("message-model",
                $$"""{"jobId":"a{{i}}","model":"m","messages":[{"text":"a{{i}}"}]}""");
        await client.Event(arrived => arrived.RoutingKey == "credential.paused");

        works = "a";
        for (var i = 0; i < 5; i++)
            Assert.Equal("message-model.completed", (await client.Ending($"a{i}")).RoutingKey);
        Assert.Contains(client.Events, arrived =>
            arrived.RoutingKey == "credential.paused" && arrived.Body.GetProperty("credential").GetString() == "other");

        works = "ab";
        for (var i = 0; i < 12; i++)
            Assert.Equal("message-model.completed", (await client.Ending($"b{i}")).RoutingKey);
        // The job whose call was refused comes later; all others keep their order.
        var order = provider.Answered.Select(text => System.Text.RegularExpressions.Regex.Match(text, @"b\d\d").Value)
            .Where(text => text.Length > 0 && text != "b00").ToList();
        Assert.Equal(order.Order(), order);
    }
}
