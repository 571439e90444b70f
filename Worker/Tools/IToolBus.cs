using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tools;

/// <summary>The handlers of functions that are reached through the broker.</summary>
interface IToolBus
{
    /// <summary>Calls a handler; completes when the call is safe in its queue.</summary>
    Task Send(CallTool call, string queue, CancellationToken cancellation);

    /// <summary>What a handler has answered, if it has.</summary>
    ToolAnswered? Answered(string callId);

    /// <summary>Waits a moment for answers, where there is room for waiting.</summary>
    Task Arrival(IReadOnlyCollection<string> callIds, CancellationToken cancellation);
}
