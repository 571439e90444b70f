using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Handlers;

/// <summary>
/// Hears what handlers of functions answer. Each worker hears all of it, because any of them may have the job that asks
/// next.
/// </summary>
sealed class ToolAnswerConsumer(ToolAnswers answers, ITransport transport) : IConsumer<ToolAnswered>
{
    public Task Consume(ConsumeContext<ToolAnswered> context)
    {
        if ((context.Message.CallId ?? transport.Describe(context.ReceiveContext).CorrelationId) is { } call
            && JobId.Fits(call))
            answers.Add(call, context.Message);
        return Task.CompletedTask;
    }
}
