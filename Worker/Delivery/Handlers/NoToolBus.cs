using OpenAIWorker.Contracts;
using OpenAIWorker.Tools;

namespace OpenAIWorker.Delivery.Handlers;

/// <summary>
/// Without a broker no function has a queue: settings and messages that name one were refused before.
/// </summary>
sealed class NoToolBus : IToolBus
{
    public Task Send(CallTool call, string queue, CancellationToken cancellation) =>
        throw new InvalidOperationException($"There is no broker for the queue '{queue}'.");

    public ToolAnswered? Answered(string callId) => null;

    public Task Arrival(IReadOnlyCollection<string> callIds, CancellationToken cancellation) => Task.CompletedTask;
}
