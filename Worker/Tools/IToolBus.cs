using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tools;

/// <summary>The handlers of functions that are reached through the broker.</summary>
interface IToolBus
{
    /// <summary>Calls a handler; completes when its queue has stored the call.</summary>
    Task Send(CallTool call, string queue, CancellationToken cancellation);

    /// <summary>A handler's answer, if there is one.</summary>
    ToolAnswered? Answered(string callId);

    /// <summary>Waits a moment for answers, if slots are free for it.</summary>
    Task Arrival(IReadOnlyCollection<string> callIds, CancellationToken cancellation);
}
