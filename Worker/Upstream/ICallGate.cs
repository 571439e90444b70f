using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Upstream;

/// <summary>A call of the provider.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">Below the base URL, such as <c>files/file-1</c>, escaped.</param>
/// <param name="Body">What is sent, where that is JSON.</param>
sealed record ProviderAsk(string Method, string Path, JsonElement? Body);

/// <summary>
/// Knows which job may ask the provider for what. It is asked where calls leave the worker, so that no operation can
/// forget it.
/// </summary>
interface ICallGate
{
    /// <summary>Whether there is anything to ask.</summary>
    bool IsOpen { get; }

    /// <exception cref="FailureException">The job may not.</exception>
    Task Enter(JobRequest request, ProviderAsk ask, CancellationToken cancellation);

    /// <summary>The provider did as it was asked.</summary>
    /// <param name="request">Whose call it was.</param>
    /// <param name="ask">What was asked.</param>
    /// <param name="answer">What came back; null where it is no JSON, or is read by the operation.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task Leave(JobRequest request, ProviderAsk ask, JsonElement? answer, CancellationToken cancellation);
}
