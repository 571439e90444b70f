using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.Serialization;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Samples;

/// <summary>
/// Makes a method the handler of a function. Copy this file: it needs MassTransit.RabbitMQ and the contracts.
/// </summary>
static class ToolEndpoints
{
    /// <param name="bus">The bus.</param>
    /// <param name="queue">The function's queue. Jobs may name those that begin with <c>tools.</c></param>
    /// <param name="answer">What the function does. The model receives the messages of its exceptions.</param>
    public static void ToolEndpoint(this IRabbitMqBusFactoryConfigurator bus, string queue,
        Func<CallTool, CancellationToken, Task<ToolAnswered>> answer) =>
        bus.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
            endpoint.Handler<CallTool>(async context => await Send(context, await Answer(context, answer)));
        });

    static async Task<ToolAnswered> Answer(ConsumeContext<CallTool> context,
        Func<CallTool, CancellationToken, Task<ToolAnswered>> answer)
    {
        try
        {
            return await answer(context.Message, context.CancellationToken);
        }
        catch (Exception wrong) when (!context.CancellationToken.IsCancellationRequested)
        {
            return new() { Error = wrong.Message };
        }
    }

    // Through the default exchange, as plain JSON, with the correlation id of the call.
    static async Task Send(ConsumeContext<CallTool> context, ToolAnswered answered)
    {
        var call = context.GetPayload<RabbitMqBasicConsumeContext>().Properties;
        var endpoint = await context.GetSendEndpoint(new("exchange:amq.rabbitmq.reply-to"));
        await endpoint.Send(answered with { CallId = context.Message.CallId },
            Pipe.Execute<SendContext<ToolAnswered>>(send =>
        {
            send.Serializer = new SystemTextJsonRawMessageSerializer();
            send.SetRoutingKey(call.ReplyTo);
            send.GetPayload<RabbitMqSendContext>().BasicProperties.CorrelationId = call.CorrelationId;
        }));
    }
}
