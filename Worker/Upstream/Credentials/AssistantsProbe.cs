using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Upstream.Credentials;

/// <summary>Whether a provider still serves the Assistants API. Listing costs nothing.</summary>
static class AssistantsProbe
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<bool> IsMissing(OpenAICalls calls, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await calls.Send("GET", "assistants?limit=1", null, patience.Token);
            return false;
        }
        catch (FailureException refused)
        {
            return refused.Failure.Code == FailureCodes.NotFound;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
