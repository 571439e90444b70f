using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Upstream;

/// <summary>A call of the provider.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">Below the base URL, such as <c>files/file-1</c>, escaped.</param>
/// <param name="Body">The body, if it is JSON.</param>
sealed record ProviderAsk(string Method, string Path, JsonElement? Body);

/// <summary>
/// Decides which calls a job may make. It is asked where calls leave the worker, so that no operation can forget it.
/// </summary>
interface ICallGate
{
    /// <summary>Whether there is anything to check.</summary>
    bool IsOpen { get; }

    /// <exception cref="FailureException">The job may not make the call.</exception>
    Task Enter(JobRequest request, ProviderAsk ask, CancellationToken cancellation);

    /// <summary>The call succeeded.</summary>
    /// <param name="request">The job's request.</param>
    /// <param name="ask">The call.</param>
    /// <param name="answer">The answer; null if it is not JSON, or the operation reads it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task Leave(JobRequest request, ProviderAsk ask, JsonElement? answer, CancellationToken cancellation);
}
