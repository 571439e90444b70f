using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Emulator;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Delivery.Transports;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>Groups of jobs on several workers: they complete once, whatever happens to the workers.</summary>
public sealed class GroupsOnRabbitMqSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IAsyncDisposable
{
    readonly SqliteFile file = new();
    readonly string prefix = broker.CommonPrefix();

    [Fact]
    public async Task Fifty_jobs_of_which_some_fail_and_one_comes_twice_are_told_once_though_a_worker_stops_midway()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var stopping = new StoppingPoint(Window.BeforePublish);
        await using var first = await Start(emulator, stopping.Use);
        await using var second = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        for (var number = 0; number < 50; number++)
            await client.Publish("message-model", Job(number));
        await client.Publish("message-model", Job(7));
        await stopping.Reached();
        await first.DisposeAsync();
        await using var third = await Start(emulator);
        var told = await client.Event(IsOfGroup);
        // Anything after it would arrive before this one.
        await client.Publish("message-model", """{"jobId":"last","model":"m","messages":[{"text":"x"}]}""");
        await client.Ending("last");

        Assert.Equal(("nightly", 50, 45, 5), (told.Body.GetProperty("group").GetString(), Number(told, "size"),
            Number(told, "completed"), Number(told, "failed")));
        Assert.Single(client.Events, IsOfGroup);
        Assert.Equal("OpenAIWorker.Contracts.GroupCompleted", told.Properties.Type);
    }

    [Fact]
    public async Task A_group_that_was_committed_and_not_told_is_told_by_the_worker_that_comes_next()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using (var deaf = await Start(emulator, services => services.RemoveAll<GroupEndings>()
            .AddSingleton<GroupEndings>(_ => throw new InvalidOperationException("It died here."))))
        await using (var client = await AmqpClient.Open(broker, prefix))
        {
            await client.Publish("message-model", Job(1, size: 1));
            await client.Ending("j1");
            Assert.DoesNotContain(client.Events, IsOfGroup);
        }

        await using var worker = await Start(emulator);
        await using var listener = await AmqpClient.Open(broker, prefix);

        Assert.Equal(1, Number(await listener.Event(IsOfGroup), "completed"));
    }

    [Fact]
    public async Task Jobs_that_are_refused_before_their_call_count_as_failed()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Job(1, size: 4));
        await client.Publish("message-model", Job(2, size: 4).Replace("}]", "}],\"temprature\":1",
            StringComparison.Ordinal));
        await client.Publish("message-model", Job(3, size: 4).Replace("}]", "}],\"credential\":\"none\"",
            StringComparison.Ordinal));
        await client.Publish("message-model", Job(4, size: 4).Replace("}]", "}],\"timeout\":\"nonsense\"",
            StringComparison.Ordinal));
        var told = await client.Event(IsOfGroup);

        Assert.Equal((1, 3), (Number(told, "completed"), Number(told, "failed")));
    }

    [Fact]
    public async Task Jobs_with_the_id_of_another_request_or_a_too_long_one_count_once()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var conflict = Job(1, size: 4).Replace("\"x\"", "\"other\"", StringComparison.Ordinal);
        await client.Publish("message-model", Job(1, size: 4));
        await client.Ending("j1");

        await client.Publish("message-model", conflict);
        await client.Publish("message-model", conflict);
        await client.Publish("message-model", Job(2, size: 4).Replace("j2", new string('j', 300),
            StringComparison.Ordinal));
        await client.Event(_ => client.Events.Count == 4);
        Assert.DoesNotContain(client.Events, IsOfGroup);
        await client.Publish("message-model", Job(3, size: 4));
        var told = await client.Event(IsOfGroup);

        Assert.Equal((2, 2), (Number(told, "completed"), Number(told, "failed")));
        Assert.Single(client.Events.Where(arrived => arrived.Code == "job_id_conflict")
            .Select(arrived => arrived.Properties.MessageId).Distinct());
    }

    [Fact]
    public async Task Another_size_is_refused_by_name_and_a_mended_request_may_keep_its_id()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", Job(1, size: 2));
        await client.Ending("j1");

        await client.Publish("message-model", Job(2, size: 3));
        var refused = await client.Ending("j2");
        Assert.Equal(("invalid_request", "group.size"), (refused.Code, refused.Body.GetProperty("member").GetString()));
        Assert.Contains("group.size is 3, but the first job of the group 'nightly' has 2.",
            refused.Body.GetProperty("message").GetString(), StringComparison.Ordinal);

        await client.Publish("message-model", Job(2, size: 2));
        Assert.Equal(2, Number(await client.Event(IsOfGroup), "completed"));
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    static string Job(int number, int size = 50) => JsonSerializer.Serialize(new
    {
        jobId = $"j{number}",
        model = number % 10 == 9 ? "m+status:404" : "m",
        messages = new[] { new { text = "x" } },
        group = new { id = "nightly", size },
    });

    static bool IsOfGroup(Arrived arrived) => arrived.RoutingKey == "group.ended";

    static int Number(Arrived arrived, string member) => arrived.Body.GetProperty(member).GetInt32();

    Task<BrokerWorker> Start(OpenAIEmulator emulator, Action<IServiceCollection>? change = null) =>
        BrokerWorker.Start(broker, prefix, emulator,
            ["--Records:Keep=Endings", $"--Storage:Path={file.Path}", "--Delivery:Concurrency=4",
                $"--Delivery:UnsentAnswers={Path.Combine(WorkerProgram.Path, "nowhere")}"], change);
}
