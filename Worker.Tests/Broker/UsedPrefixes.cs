using System.Collections.Concurrent;
using System.Text.Json;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Xunit.Sdk;

namespace OpenAIWorker.Tests.Broker;

/// <summary>
/// Prefixes whose tests are over, with the empty queues that each worker declares. The next test takes one, because to
/// create and delete 60 queues costs a broker more than most tests.
/// </summary>
sealed class UsedPrefixes
{
    readonly ConcurrentBag<string> clean = [];

    public string? Take() => clean.TryTake(out var prefix) ? prefix : null;

    public void Keep(string prefix) => clean.Add(prefix);

    /// <summary>
    /// Deletes all other queues with the prefix: the streams, in which workers write to each other, but not the one of
    /// their key; lanes, and those of the test. Throws away the messages in the rest.
    /// </summary>
    /// <returns>False: not all queues are there, or a worker runs on, and the prefix is not to be used again.</returns>
    public static async Task<bool> Clean(IBroker broker, string prefix)
    {
        await using var connection = await Amqp.Connect(broker.Uri, CancellationToken.None);
        await using var channel = await connection.CreateChannelAsync();
        List<string> kept = [.. BrokerQueues.Jobs(prefix), BrokerQueues.WorkersOf(prefix)];
        foreach (var queue in (await Queues(broker, prefix)).Except([.. kept, $"{prefix}.seal"]))
            await channel.QueueDeleteAsync(queue);
        try
        {
            foreach (var queue in kept)
                if (!await Empties(channel, queue))
                    return false;
            return true;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
    }

    /// <summary>Deletes the queues that workers with these prefixes declared.</summary>
    public static async Task Delete(IBroker broker, IEnumerable<string> prefixes)
    {
        await using var connection = await Amqp.Connect(broker.Uri, CancellationToken.None);
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in prefixes.SelectMany(BrokerQueues.Of))
            await channel.QueueDeleteAsync(queue);
    }

    public Task DeleteAll(IBroker broker) => Delete(broker, clean);

    static async Task<List<string>> Queues(IBroker broker, string prefix)
    {
        using var management = new ManagementApi(broker.Management!);
        var host = broker.Uri.AbsolutePath is { Length: > 1 } path ? path[1..] : "%2F";
        var names = Uri.EscapeDataString($@"^{prefix}\.");
        var page = JsonElement.Parse(await Listed(management,
            $"queues/{host}?columns=name&use_regex=true&name={names}&page=1&page_size=500"));
        return [.. page.GetProperty("items").EnumerateArray().Select(queue => queue.GetProperty("name").GetString()!)];
    }

    // The plugin of 3.10 fails if a queue, of any test, is deleted while it makes the list.
    static async Task<string> Listed(ManagementApi management, string path)
    {
        for (var tries = 1; ; tries++)
            try
            {
                return await management.Get(path);
            }
            catch (XunitException) when (tries < 20)
            {
                await Task.Delay(50);
            }
    }

    static async Task<bool> Empties(IChannel channel, string queue)
    {
        for (var looks = 0; looks < 200; looks++)
        {
            if (await IsEmpty(channel, queue))
                return true;
            await Task.Delay(50);
        }
        return false;
    }

    // The messages of a worker that is gone come back with its consumer's end.
    static async Task<bool> IsEmpty(IChannel channel, string queue)
    {
        var now = await channel.QueueDeclarePassiveAsync(queue);
        if (now.MessageCount > 0)
            await channel.QueuePurgeAsync(queue);
        return now is { MessageCount: 0, ConsumerCount: 0 };
    }
}
