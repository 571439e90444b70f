using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Tests.Tools;

/// <summary>A handler of functions that knows only this project's JSON.</summary>
sealed class BusTool : IAsyncDisposable
{
    readonly IConnection connection;
    readonly IChannel channel;
    readonly ConcurrentQueue<CallTool> calls = new();
    readonly Func<CallTool, string?> answer;

    readonly bool names;

    BusTool(IConnection connection, IChannel channel, Func<CallTool, string?> answer, bool names) =>
        (this.connection, this.channel, this.answer, this.names) = (connection, channel, answer, names);

    public IReadOnlyList<CallTool> Calls => [.. calls];

    /// <param name="broker">The broker.</param>
    /// <param name="queue">Its queue.</param>
    /// <param name="answer">The body of its answer; null sends none.</param>
    /// <param name="names">Whether an answer's correlation id says which call it answers.</param>
    public static async Task<BusTool> Start(BrokerFixture broker, string queue, Func<CallTool, string?> answer,
        bool names = true)
    {
        var connection = await broker.Connect();
        var tool = new BusTool(connection, await connection.CreateChannelAsync(), answer, names);
        await tool.channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: true);
        var consumer = new AsyncEventingBasicConsumer(tool.channel);
        consumer.ReceivedAsync += tool.Take;
        await tool.channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return tool;
    }

    /// <summary>Sends an answer to a call at any time.</summary>
    public async Task Answer(string replyTo, CallTool call, string body) => await channel.BasicPublishAsync(
        "", replyTo, mandatory: true,
        new BasicProperties { CorrelationId = names ? call.CallId : null, ContentType = "application/json" },
        Encoding.UTF8.GetBytes(body));

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    async Task Take(object sender, BasicDeliverEventArgs message)
    {
        var call = JsonSerializer.Deserialize(message.Body.Span, ContractJson.Default.CallTool)!;
        Assert.Equal(call.CallId, message.BasicProperties.CorrelationId);
        calls.Enqueue(call);
        if (answer(call) is { } body)
            await Answer(message.BasicProperties.ReplyTo!, call, body);
    }
}
