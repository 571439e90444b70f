using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Handlers;

/// <summary>
/// Receives the answers of handlers. Every worker receives all of them, because any of them may get the job that needs
/// the answer.
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
